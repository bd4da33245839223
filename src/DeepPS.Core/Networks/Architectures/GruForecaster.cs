using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>Forecasts a series by gated recurrent units: they read the past step by step, and their last state tells
/// what comes.</summary>
/// <remarks>time x features to as many numbers as steps are forecast. Cho and others, Learning Phrase Representations
/// using RNN Encoder-Decoder (2014), which brought the units.</remarks>
[CatalogEntry("GruForecaster")]
public sealed record GruForecaster : Architecture
{
    /// <summary>How many numbers are forecast.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int Horizon { get; init; } = 1;

    /// <summary>How many units each layer has.</summary>
    [Setting(Position = 1, Minimum = 1)]
    public int Units { get; init; } = 64;

    /// <summary>How many layers are stacked.</summary>
    [Setting(Minimum = 1)]
    public int Depth { get; init; } = 1;

    /// <summary>How probable it is, while training, that a number between stacked layers becomes 0.</summary>
    [Setting(Minimum = 0, Maximum = 1)]
    public double Dropout { get; init; }

    protected internal override void Validate()
    {
        if (Dropout > 0 && Depth == 1)
            throw SettingProblem.Of(this, nameof(Dropout), "0 where Depth is 1: it acts between layers", Dropout);
    }

    public override IReadOnlyList<Layer> Layers(Shape? input = null) =>
    [
        new GRU { Name = "gru", Units = Units, Layers = Depth, Dropout = Dropout },
        new Dense { Name = "forecast", Units = Horizon },
    ];
}
