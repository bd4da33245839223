using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Completion;
using DeepPS.Models;

namespace DeepPS.Commands;

/// <summary>Make a trained model smaller: by low-rank weights, tensor trains, or pruning.</summary>
/// <remarks>
/// A new model is returned, with the data plan and the history of the first one, which stays as it is. Train it further
/// to regain what it lost. Layers that would not become smaller stay as they are; -Verbose says which and why. Layers
/// inside Residual, Sequential, Parallel and TimeDistributed are compressed too, those inside Repeat are not.
///
/// With -Rank or -Energy a dense layer becomes two dense layers with a few numbers between them (LowRankDense); a
/// convolution becomes one with fewer filters and a 1x1 convolution (Zhang and others 2016); the matrices of a
/// recurrent layer become products (its setting Rank). They are the closest ones of their rank, by the singular value
/// decomposition.
///
/// With -TensorTrain a dense layer becomes a TensorTrainDense (Novikov and others 2015), by the TT-SVD of Oseledets
/// (2011).
///
/// With -Sparsity the weights of the smallest magnitude become 0. Masks, which model files and checkpoints have too,
/// keep them at 0 in later trainings, whatever the optimizer. A file has only the other weights and a bit for each
/// place.
/// </remarks>
/// <example>
/// <code>$small = $model | Compress-DlModel -Energy 0.9 -Verbose
/// $small | Invoke-DlTraining -Data $split -Epochs 2 -Optimizer (New-DlOptimizer Adam 1e-4)
/// $small | Measure-DlModel -Data $split.Test</code>
/// <para>Keeps nine tenths of the squared singular values of each weight, and trains the result further.</para>
/// </example>
/// <example>
/// <code>$model | Compress-DlModel -TensorTrain 4x7x7x4 -Rank 4 -Layer dense1</code>
/// <para>Makes a layer of 784 features a tensor train.</para>
/// </example>
/// <example>
/// <code>$model | Compress-DlModel -Sparsity 0.9 -Global | Export-DlModel ./small.dlmodel -Quantize Int8</code>
/// <para>Removes nine tenths of the weights and writes the others as bytes.</para>
/// </example>
[Cmdlet(VerbsData.Compress, "DlModel", DefaultParameterSetName = RankSet)]
[OutputType(typeof(Model))]
public sealed class CompressDlModelCommand : CompressionCmdlet
{
    private const string RankSet = "Rank", EnergySet = "Energy", SparsitySet = "Sparsity";

    /// <summary>
    /// The rank of each weight; of a tensor train the largest TT-rank. Default: none, for a tensor train 8.
    /// </summary>
    [Parameter(Position = 0, ParameterSetName = RankSet)]
    [ValidateRange(1, int.MaxValue)]
    public int? Rank { get; set; }

    /// <summary>
    /// The share of the squared singular values that each weight keeps, above 0 to 1: the rank of each layer is the
    /// smallest that keeps it.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = EnergySet)]
    [ValidateRange(0.0, 1.0)]
    public double Energy { get; set; }

    /// <summary>
    /// Makes tensor trains: the factors of a layer's number of features, 4x8x4 for 128. Layers with another number stay
    /// as they are. Default: none.
    /// </summary>
    [Parameter(ParameterSetName = RankSet)]
    [Parameter(ParameterSetName = EnergySet)]
    [ShapeConversion]
    public Shape? TensorTrain { get; set; }

    /// <summary>The share of the weights that become 0, from 0 to below 1.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SparsitySet)]
    [ValidateRange(0.0, 1.0)]
    public double Sparsity { get; set; }

    /// <summary>
    /// Removes the smallest weights of all layers together, instead of the same share of each layer.
    /// </summary>
    [Parameter(ParameterSetName = SparsitySet)]
    public SwitchParameter Global { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var how = Way();
        var (layers, strict) = Chosen();
        var compressed = Work(cancel => ModelCompressor.Compress(Model, how, layers, strict, cancel));
        var left = compressed.Layers.Where(layer => layer.Reason.Length > 0).ToArray();
        if (left.Length == compressed.Layers.Count)
        {
            compressed.Model.Dispose();
            throw new DlException("NothingCompressed", DlErrorKind.InvalidArgument,
                $"No layer of model '{Model.Name}' becomes smaller with {how}: "
                + string.Join("; ", left.Select(layer => $"{layer.Layer}: {layer.Reason}")) + ". Use other settings.",
                Model);
        }

        foreach (var layer in compressed.Layers)
            WriteVerbose(layer.Reason.Length > 0 ? $"Layer '{layer.Layer}' stays as it is: {layer.Reason}."
                : $"Layer '{layer.Layer}' ({layer.Type}): {layer.Before.Parameters:N0} to "
                    + $"{layer.After.Parameters:N0} parameters, relative error of the weight {layer.WeightError:0.0000}"
                    + (layer.Rank is { } rank ? $", rank {rank}." : "."));
        WriteObject(compressed.Model);
    }

    private Compression Way() => ParameterSetName switch
    {
        SparsitySet => new Pruning(Sparsity, Global),
        EnergySet => Factored(RankChoice.OfEnergy(Energy)),
        _ => Rank is { } rank ? Factored(RankChoice.Of(rank)) : TensorTrain is not null ? Train(TensorTrain, null)
            : throw NoWay(),
    };

    private Compression Factored(RankChoice choice) =>
        TensorTrain is null ? new LowRankCompression(choice) : Train(TensorTrain, choice);
}
