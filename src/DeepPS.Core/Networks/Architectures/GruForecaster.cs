using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Networks;

/// <summary>GRU forecaster: reads the past of a time series and predicts the next steps from its last state.</summary>
/// <remarks>time x features to Horizon numbers. Cho and others, Learning Phrase Representations using RNN
/// Encoder-Decoder (2014), which introduced the units.</remarks>
[CatalogEntry("GruForecaster")]
public sealed record GruForecaster : Architecture
{
    /// <summary>The number of steps to predict.</summary>
    [Setting(Position = 0, Minimum = 1)]
    public int Horizon { get; init; } = 1;

    /// <summary>The number of units of each layer.</summary>
    [Setting(Position = 1, Minimum = 1)]
    public int Units { get; init; } = 64;

    /// <summary>The number of stacked layers.</summary>
    [Setting(Minimum = 1)]
    public int Depth { get; init; } = 1;

    /// <summary>The dropout probability between stacked layers.</summary>
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
