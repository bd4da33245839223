using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>What recurrent layers share: units that read a sequence step by step and remember. The output is the state
/// after the last step, or after every one.</summary>
/// <remarks>time x features to units, or to time x units with <see cref="ReturnSequences"/>; twice the units where it
/// runs in both directions. A second input (time), which is 0 where a sequence has ended, tells how long each is: token
/// ids padded with 0 can be that. Padding is at the end; it neither changes the state nor gets an output other than 0.
/// Parameters have PyTorch's names, shapes and first values (uniform within 1 / sqrt(units)): <c>weight_ih_l0</c>
/// (gates * units, features), <c>weight_hh_l0</c> (gates * units, units), <c>bias_ih_l0</c> and <c>bias_hh_l0</c>
/// (gates * units), the same with <c>l1</c>, ... for more layers and with <c>_reverse</c> for the other direction.
/// Torch computes recurrence by modules of its own alone, so the parameters are those of modules: one for each layer,
/// so that dropout between layers draws from the forward pass's generator. These are float32, so that recurrence is
/// computed in float32 whatever a training's precision.</remarks>
public abstract record RecurrentLayer : Layer
{
    /// <summary>How many units there are in each layer and direction: the features of the state.</summary>
    [Setting(Position = 0, Required = true, Minimum = 1)]
    public int Units { get; init; }

    /// <summary>How many layers are stacked, each reading the outputs of the one below.</summary>
    [Setting(Minimum = 1)]
    public int Layers { get; init; } = 1;

    /// <summary>Whether as many units read from the end to the start; their outputs come behind the others'.</summary>
    [Setting]
    public bool Bidirectional { get; init; }

    /// <summary>How probable it is, while training, that a number between two layers becomes 0.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Dropout { get; init; }

    /// <summary>Whether the output is the state after every step, not after the last alone.</summary>
    [Setting]
    public bool ReturnSequences { get; init; }

    /// <summary>Whether learned numbers are added to each gate.</summary>
    [Setting]
    public bool Bias { get; init; } = true;

    protected internal override void Validate()
    {
        if (Dropout > 0 && Layers == 1)
            throw SettingProblem.Of(this, nameof(Dropout), "0 where Layers is 1: it acts between layers", Dropout);
    }

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
            .Select(layer => BuildPass(builder, layer, layer == 0 ? builder.Inputs[0][1] : Units * Directions))
            .ToArray();
        return (inputs, context) =>
        {
            var x = context.Exact(inputs[0]);
            var lengths = inputs.Count > 1 ? SequenceMask.Lengths(inputs[1]) : null;
            var last = x;
            for (var layer = 0; layer < passes.Length; layer++)
                (x, last) = passes[layer].Run(layer == 0 ? x : DropoutNoise.Drop(x, Dropout, context), lengths);
            return ReturnSequences ? x : last.transpose(0, 1).reshape(-1, Units * Directions);
        };
    }

    /// <summary>Makes one layer of the stack.</summary>
    private protected abstract RecurrentPass BuildPass(LayerBuilder builder, int layer, long features);

    /// <summary>Adds the parameters of a torch module of one layer under the names of a layer of the stack.</summary>
    private protected T AddModule<T>(LayerBuilder builder, int layer, Func<T> make) where T : nn.Module
    {
        var bound = 1 / Math.Sqrt(Units);
        return builder.Module(make, name => name.Replace("_l0", $"_l{layer}"),
            new Uniform { Low = -bound, High = bound });
    }

    private long Directions => Bidirectional ? 2 : 1;
}
