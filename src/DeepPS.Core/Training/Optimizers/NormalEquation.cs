using DeepPS.Catalog;
using DeepPS.Layers;
using DeepPS.Networks;
using DeepPS.Objectives;
using DeepPS.Torch;

namespace DeepPS.Training;

/// <summary>
/// Solves one Dense layer with the loss MSE exactly, in one pass over the training samples: ordinary least squares, or
/// ridge regression with a weight decay. If several weights fit equally well, it chooses the smallest.
/// </summary>
/// <remarks>
/// With inputs X and targets Y minus their means, weight' = (X'X + decay I)^-1 X'Y, by the eigenvectors of X'X in
/// double precision; the bias makes the means fit, without decay. It equals scikit-learn's <c>Ridge</c> and
/// <c>LinearRegression</c>. The training ends after one epoch.
/// </remarks>
[CatalogEntry("NormalEquation")]
public sealed record NormalEquation : Optimizer
{
    /// <summary>The weight decay, added to the diagonal of X'X: the alpha of ridge regression.</summary>
    [Setting(Position = 0, Minimum = 0)]
    public double WeightDecay { get; init; }

    /// <summary>Begins to solve a network that has passed <see cref="Check"/>.</summary>
    internal LeastSquares Begin(Network network)
    {
        var weight = network.Parameters[0];
        return new LeastSquares(weight, network.Parameters.ElementAtOrDefault(1), weight.WeightDecay ?? WeightDecay);
    }

    /// <inheritdoc/>
    internal override void Check(Network network, Loss loss, TrainingOptions options)
    {
        if (network.OutputNode.Layer is not Dense dense
            || network.Nodes.Any(node => node != network.OutputNode && node.Layer is not (Flatten or Reshape)))
            throw Unusable("solves one Dense layer, with at most Flatten and Reshape before it; this network has "
                + $"{string.Join(", ", network.Nodes.Select(node => $"{node.Name} ({node.Layer.Entry.Name})"))}. "
                + "Use another optimizer, or another network.");
        if (Plain(dense) != new Dense { Units = dense.Units })
            throw Unusable($"solves a plain Dense layer; '{network.OutputNode.Name}' ({dense.Describe()}) has "
                + "settings that change the output, the trained parameters or the loss. Remove them, or use another "
                + "optimizer.");
        if (network.Inputs.Any(input => input.IsPadded) || loss is NumberLoss { SkipsPadding: true })
            throw Unusable("needs arrays of one length; here they are padded. Use another optimizer, such as LBFGS");
        if (network.Inputs.SelectMany(input => input.Coded).FirstOrDefault() is { } coded)
            throw Unusable($"needs numbers as inputs; column '{coded.Name}' is a code with an embedding. Use another "
                + $"optimizer, or read the data with -Column @{{ '{coded.Name}' = @{{ Coding = 'OneHot' }} }}.");
        if (loss is not MSELoss)
            throw Unusable($"solves for the loss MSE; this training has {loss.Entry.Name}. Use another optimizer or "
                + "loss.");
        if (options is not
            {
                Schedule: null, ClipNorm: null, ClipValue: null, AverageDecay: null, AccumulateSteps: 1,
                AutoBatchSize: false,
            })
            throw Unusable("takes no steps, so it cannot use a schedule, clipping, accumulation, parts of batches or "
                + "an average of weights. Leave them out, or use another optimizer.");
        if (options.Precision != TrainingPrecision.Float32)
            throw Unusable($"solves in float64 and does not support -Precision {options.Precision}. Leave it out, or "
                + "use another optimizer.");
        if (options.Augmentations.Count > 0)
            throw Unusable("reads each sample once and does not support augmentations. Leave them out, or use another "
                + "optimizer.");
    }

    /// <summary>The layer without the settings that do not affect the solution or are supported.</summary>
    private static Dense Plain(Dense dense)
    {
        var plain = new Dense();
        return dense with
        {
            Name = plain.Name,
            From = plain.From,
            Bias = plain.Bias,
            WeightDecay = plain.WeightDecay,
            WeightInitializer = plain.WeightInitializer,
            BiasInitializer = plain.BiasInitializer,
        };
    }
}
