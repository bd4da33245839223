using System.Management.Automation;
using DeepPS.Common;
using DeepPS.Completion;
using DeepPS.Layers;
using DeepPS.Models;

namespace DeepPS.Abstractions;

/// <summary>Base of commands that compress layers of a trained model.</summary>
public abstract class CompressionCmdlet : WorkCmdlet
{
    private const int UsualTensorRank = 8;

    /// <summary>A trained model.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Model Model { get; set; } = null!;

    /// <summary>
    /// The names of the layers to compress. Wildcards are allowed; a layer inside another one has the names of those
    /// around it: residual1.body.conv2d1. A layer that is named without a wildcard must have the rank or the modes,
    /// else that is an error. Default: all layers that become smaller.
    /// </summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(LayerNameCompleter))]
    public string[]? Layer { get; set; }

    /// <summary>
    /// The factors of the number of units, as many as those of -TensorTrain. Default: factors near each other.
    /// </summary>
    [Parameter]
    [ShapeConversion]
    public Shape? OutputMode { get; set; }

    /// <inheritdoc/>
    protected override object Input => Model;

    /// <summary>The layers to compress, and those that must be possible.</summary>
    internal (IReadOnlyList<string> Layers, IReadOnlyList<string> Strict) Chosen()
    {
        var names = ModelCompressor.Names(Model);
        if (Layer is null)
            return (names, []);
        var around = names.SelectMany(Around).Distinct().ToArray();
        var found = NamePatterns.Match(Layer, around, nameof(Layer));
        return (names.Where(name => Around(name).Any(found.Contains)).ToArray(),
            names.Where(name => Layer.Contains(name, StringComparer.OrdinalIgnoreCase)).ToArray());
    }

    /// <summary>The error if no way to compress was given.</summary>
    internal DlException NoWay() => new("NoCompression", DlErrorKind.InvalidArgument,
        "Expected a way to compress; got none. Add -Rank, -Energy, -TensorTrain or -Sparsity.", Model);

    /// <summary>A tensor train with some input modes.</summary>
    internal TensorTrainCompression Train(Shape modes, RankChoice? choice) => new(new Dims([.. modes]),
        OutputMode is null ? null : new Dims([.. OutputMode]), choice ?? RankChoice.Of(UsualTensorRank));

    /// <summary>The name of a layer, and of each one around it.</summary>
    private static IEnumerable<string> Around(string name)
    {
        for (var end = name.Length; end > 0; end = name.LastIndexOf('.', end - 1))
            yield return name[..end];
    }
}
