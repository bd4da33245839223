using DeepPS.Catalog;
using DeepPS.Layers;
using DeepPS.Networks;
using DeepPS.Objectives;
using DeepPS.Torch;

namespace DeepPS.Training;

/// <summary>
/// Solves one Dense layer under MSE exactly, in one pass over the training samples: ordinary least squares, or ridge
/// regression with a weight decay. Where the inputs do not determine the weights it takes the smallest that fit best.
/// </summary>
/// <remarks>
/// With inputs X and targets Y less their means, weight' = (X'X + decay I)^-1 X'Y, by the eigenvectors of X'X in double
/// precision; the bias is what is left of the means, without decay. It is scikit-learn's <c>Ridge</c> and
/// <c>LinearRegression</c>. One epoch is all it needs: the training ends after it.
/// </remarks>
[CatalogEntry("NormalEquation")]
public sealed record NormalEquation : Optimizer
{
    /// <summary>What is added to the diagonal of X'X, which draws the weights to 0: ridge regression's alpha.</summary>
    [Setting(Position = 0, Minimum = 0)]
    public double WeightDecay { get; init; }

    /// <summary>Begins to solve a network that <see cref="Check"/> has found good.</summary>
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
                + "Choose another optimizer, or another network.");
        if (Plain(dense) != new Dense { Units = dense.Units })
            throw Unusable($"solves a plain Dense layer; '{network.OutputNode.Name}' ({dense.Describe()}) has settings that "
                + "change what is computed, learned or made small. Take them off, or choose another optimizer.");
        if (network.Inputs.SelectMany(input => input.Coded).FirstOrDefault() is { } coded)
            throw Unusable($"solves for weights of numbers; column '{coded.Name}' is a code, for which numbers are learned. Choose another "
                + $"optimizer, or read the data with -Column @{{ '{coded.Name}' = @{{ Coding = 'OneHot' }} }}.");
        if (loss is not MSELoss)
            throw Unusable($"solves for the loss MSE; this training has {loss.Entry.Name}. Choose another optimizer or loss.");
        if (options is not { Schedule: null, ClipNorm: null, ClipValue: null, AverageDecay: null, AccumulateSteps: 1, AutoBatchSize: false })
            throw Unusable("takes no steps: a schedule, clipping, accumulation, parts of batches or an average of weights have nothing to "
                + "work on. Leave them out, or choose another optimizer.");
        if (options.Precision != TrainingPrecision.Float32)
            throw Unusable($"solves in float64; -Precision {options.Precision} has nothing to work on. Leave it out, or choose another optimizer.");
        if (options.Augmentations.Count > 0)
            throw Unusable("solves from the samples as they are, once: augmentations change them again and again. Leave them "
                + "out, or choose another optimizer.");
    }

    /// <summary>The layer without what makes no difference to the solution, or is taken account of.</summary>
    private static Dense Plain(Dense dense)
    {
        var plain = new Dense();
        return dense with
        {
            Name = plain.Name, From = plain.From, Bias = plain.Bias, WeightDecay = plain.WeightDecay,
            WeightInitializer = plain.WeightInitializer, BiasInitializer = plain.BiasInitializer,
        };
    }
}
