using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>Base of autoencoders of Dense layers: an encoder to a code, and a decoder of the same sizes.</summary>
/// <remarks>Any shape to the same shape. The target is the input itself; the layer <c>code</c> gives the
/// code.</remarks>
public abstract record DenseAutoencoder : Architecture
{
    /// <summary>The size of the code.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int Code { get; init; } = 32;

    /// <summary>The units of each hidden layer of the encoder; the decoder has the reverse.</summary>
    [Setting(Position = 1)]
    public int[] Hidden { get; init; } = [128];

    /// <summary>Optional: the activation of each hidden layer. Without any activation the network is linear.</summary>
    [Setting]
    public Activation? Activation { get; init; } = new ReLU();

    /// <summary>Optional: the activation of the output, such as Sigmoid for inputs from 0 to 1.</summary>
    [Setting]
    public Activation? OutputActivation { get; init; }

    public override Shape InputShape => new(784);

    internal sealed override bool FollowsShape => true;

    protected internal override void Validate()
    {
        if (Hidden.Any(units => units < 1))
            throw SettingProblem.Of(this, nameof(Hidden), "whole numbers of 1 or more", string.Join(", ", Hidden));
    }

    public sealed override IReadOnlyList<Layer> Layers(Shape? input = null)
    {
        var shape = input ?? InputShape;
        return
        [
            .. Before,
            new Flatten { Name = "flatten" },
            .. Hidden.Select((units, i) => Part($"encoder{i + 1}", units, Activation)),
            .. CodeLayers(shape),
            .. Hidden.Reverse().Select((units, i) => Part($"decoder{i + 1}", units, Activation)),
            Part("output", checked((int)shape.Size), OutputActivation),
            .. shape.Rank == 1 ? [] : new[] { new Reshape { Name = "reshape", Shape = shape } },
        ];
    }

    /// <summary>The layers before the encoder.</summary>
    private protected virtual IEnumerable<Layer> Before => [];

    /// <summary>The layers that make the code, for inputs of a shape.</summary>
    private protected abstract IEnumerable<Layer> CodeLayers(Shape input);

    /// <summary>A Dense layer.</summary>
    private protected virtual Dense Part(string name, int units, Activation? activation) =>
        new() { Name = name, Units = units, Activation = activation };
}
