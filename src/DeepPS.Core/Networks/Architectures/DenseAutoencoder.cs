using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>What autoencoders of Dense layers share: an encoder down to a code, and a decoder of the same sizes back to
/// what came in.</summary>
/// <remarks>Any shape to the same shape. The target is the input itself; the layer <c>code</c> is what the network
/// makes of it.</remarks>
public abstract record DenseAutoencoder : Architecture
{
    /// <summary>How many numbers the code has.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int Code { get; init; } = 32;

    /// <summary>How many units each layer between input and code has; the decoder has the same the other way
    /// round.</summary>
    [Setting(Position = 1)]
    public int[] Hidden { get; init; } = [128];

    /// <summary>The function after each hidden layer; none: with a CodeActivation of none too the network is
    /// linear.</summary>
    [Setting]
    public Activation? Activation { get; init; } = new ReLU();

    /// <summary>The function of the code; none: any number.</summary>
    [Setting]
    public Activation? CodeActivation { get; init; }

    /// <summary>The function of the output, such as Sigmoid where the inputs are from 0 to 1; none: any
    /// number.</summary>
    [Setting]
    public Activation? OutputActivation { get; init; }

    public override Shape InputShape => new(784);

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
            .. CodeLayers,
            .. Hidden.Reverse().Select((units, i) => Part($"decoder{i + 1}", units, Activation)),
            Part("output", checked((int)shape.Size), OutputActivation),
            .. shape.Rank == 1 ? [] : new[] { new Reshape { Name = "reshape", Shape = shape } },
        ];
    }

    /// <summary>What is done to the input first.</summary>
    private protected virtual IEnumerable<Layer> Before => [];

    /// <summary>The layer that makes the code, and what follows it.</summary>
    private protected virtual IEnumerable<Layer> CodeLayers => [Part("code", Code, CodeActivation)];

    /// <summary>A Dense layer.</summary>
    private protected virtual Dense Part(string name, int units, Activation? activation) =>
        new() { Name = name, Units = units, Activation = activation };
}
