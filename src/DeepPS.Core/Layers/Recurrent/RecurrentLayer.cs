using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Base of recurrent layers. The output is the state after the last time step, or after every step.</summary>
/// <remarks>time x features to units, or to time x units with <see cref="ReturnSequences"/>; twice the units if
/// bidirectional. An optional second input (time) is the mask, 0 for padding, such as token ids padded with 0. Padding
/// must be at the end; it does not change the state and its output is 0. Parameters have PyTorch's names, shapes and
/// initial values (uniform within 1 / sqrt(units)): <c>weight_ih_l0</c> (gates * units, features), <c>weight_hh_l0</c>
/// (gates * units, units), <c>bias_ih_l0</c> and <c>bias_hh_l0</c> (gates * units), the same with <c>l1</c>, ... for
/// more layers and with <c>_reverse</c> for the other direction. Torch offers recurrence only as modules, so the
/// parameters belong to modules: one per layer, so that dropout between layers uses the forward pass's generator.
/// Modules are float32, so recurrence is float32 in every precision.</remarks>
public abstract record RecurrentLayer : Layer
{
    /// <summary>The number of units in each layer and direction: the features of the state.</summary>
    [Setting(Position = 0, Required = true, Minimum = 1)]
    public int Units { get; init; }

    /// <summary>The number of stacked layers.</summary>
    [Setting(Minimum = 1)]
    public int Layers { get; init; } = 1;

    /// <summary>Whether as many units also read the sequence backward; their outputs are appended.</summary>
    [Setting]
    public bool Bidirectional { get; init; }

    /// <summary>The dropout probability between layers while training.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Dropout { get; init; }

    /// <summary>Whether the output is the state after every step instead of only the last.</summary>
    [Setting]
    public bool ReturnSequences { get; init; }

    /// <summary>Whether gates have a learned bias.</summary>
    [Setting]
    public bool Bias { get; init; } = true;

    /// <summary>The rank of the matrices: each is a product of two thin ones with this many numbers between them; 0 for
    /// whole matrices.</summary>
    /// <remarks>A matrix is named <c>weight_ih_l0.u</c> (gates * units, rank) and <c>weight_ih_l0.v</c> (rank,
    /// features) then; one for which these would have as many numbers stays whole.</remarks>
    [Setting(Minimum = 0)]
    public int Rank { get; init; }

    protected internal override void Validate()
    {
        if (Dropout > 0 && Layers == 1)
            throw SettingProblem.Of(this, nameof(Dropout), "0 where Layers is 1: it acts between layers", Dropout);
    }

    internal override bool KeepsSteps => ReturnSequences;

    internal override bool IsCausal => ReturnSequences && !Bidirectional;

    internal override int? SamplesOfShard => 16;

    internal override long UsesOfWeights(Shape input, Shape output) => input[0];

    internal override int MaskedSequences(IReadOnlyList<Shape> inputs) => 1;

    public sealed override Shape OutputShape(IReadOnlyList<Shape> inputs)
    {
        SequenceMask.Check(inputs, 1, "time x features (rank 2)");
        var features = Units * Directions;
        return ReturnSequences ? new Shape(inputs[0][0], features) : new Shape(features);
    }

    public sealed override Forward Build(LayerBuilder builder)
    {
        Validate();
        var passes = Enumerable.Range(0, Layers)
            .Select(layer => PassOf(builder, layer, layer == 0 ? builder.Inputs[0][1] : Units * Directions)).ToArray();
        return (inputs, context) =>
        {
            var x = context.Exact(inputs[0]);
            if (context.Steps is { } steps)
                return passes.Aggregate(x, (step, pass) => pass.Next(step, steps));
            var lengths = inputs.Count > 1 ? SequenceMask.Lengths(inputs[1]) : null;
            var last = x;
            for (var layer = 0; layer < passes.Length; layer++)
                (x, last) = passes[layer].Run(layer == 0 ? x : DropoutNoise.Drop(x, Dropout, context), lengths);
            return ReturnSequences ? x : last.transpose(0, 1).reshape(-1, Units * Directions);
        };
    }

    /// <summary>The kind of cell.</summary>
    internal abstract RecurrentCell Cell { get; }

    private IRecurrence PassOf(LayerBuilder builder, int layer, long features) =>
        Rank > 0 ? new LowRankRecurrence(builder, this, Cell, layer, features) : BuildPass(builder, layer, features);

    /// <summary>Makes one layer of the stack.</summary>
    private protected abstract RecurrentPass BuildPass(LayerBuilder builder, int layer, long features);

    /// <summary>Adds the parameters of a torch module of one layer under the names of a layer of the stack.</summary>
    private protected T AddModule<T>(LayerBuilder builder, int layer, long features, int gates, Func<T> make)
        where T : nn.Module
    {
        builder.Require($"weight_ih_l{layer}", (long)gates * Units, features);
        builder.Require($"weight_hh_l{layer}", (long)gates * Units, Units);
        var bound = 1 / Math.Sqrt(Units);
        return builder.Module(make, name => name.Replace("_l0", $"_l{layer}"),
            new Uniform { Low = -bound, High = bound });
    }

    private long Directions => Bidirectional ? 2 : 1;
}
