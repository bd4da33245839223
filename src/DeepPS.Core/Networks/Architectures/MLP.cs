using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>Multilayer perceptron: hidden Dense layers with activation and optional dropout, and a Dense
/// output.</summary>
/// <remarks>Any shape, flattened, to outputs.</remarks>
[CatalogEntry("MLP", "MultilayerPerceptron")]
public sealed record MLP : Architecture
{
    /// <summary>The units of each hidden layer, in order.</summary>
    [Setting(Position = 0)]
    public int[] Hidden { get; init; } = [128];

    /// <summary>The number of outputs: a logit per class, or 1 for a number.</summary>
    [Setting(Position = 1, Required = true, Minimum = 1)]
    public int Outputs { get; init; }

    /// <summary>The activation of each hidden layer.</summary>
    [Setting]
    public Activation Activation { get; init; } = new ReLU();

    /// <summary>The dropout probability of hidden units; 0 for no dropout.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Dropout { get; init; }

    protected internal override void Validate()
    {
        if (Hidden.Any(units => units < 1))
            throw SettingProblem.Of(this, nameof(Hidden), "whole numbers of 1 or more", string.Join(", ", Hidden));
    }

    public override IReadOnlyList<Layer> Layers(Shape? input = null) =>
        [new Flatten(), .. Hidden.SelectMany(HiddenLayers), new Dense { Units = Outputs }];

    private IEnumerable<Layer> HiddenLayers(int units)
    {
        yield return new Dense { Units = units, Activation = Activation };
        if (Dropout > 0)
            yield return new Dropout { Probability = Dropout };
    }
}
