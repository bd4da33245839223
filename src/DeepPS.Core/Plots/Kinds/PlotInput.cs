using DeepPS.Data;
using DeepPS.Models;

namespace DeepPS.Plots;

/// <summary>What a plot is made of.</summary>
public sealed record PlotInput
{
    /// <summary>The objects: epochs, runs, sweeps, evaluations, models, forecasts, or rows as dictionaries.</summary>
    public IReadOnlyList<object> Items { get; init; } = [];

    /// <summary>The model; null if there is none.</summary>
    public Model? Model { get; init; }

    /// <summary>The data to run through the model, or the past of a forecast; null if there is none.</summary>
    public Dataset? Data { get; init; }

    /// <summary>The positive class; null for the second of two.</summary>
    public string? Positive { get; init; }

    /// <summary>The items of a type, if all are of it and there is one at least.</summary>
    internal bool Are<T>() => Items.Count > 0 && Items.All(item => item is T);

    /// <summary>The items as rows that have all of some columns; null if they are not.</summary>
    internal IReadOnlyList<IReadOnlyDictionary<string, object?>>? Rows(params string[] columns) =>
        Are<IReadOnlyDictionary<string, object?>>()
        && Items.Cast<IReadOnlyDictionary<string, object?>>().ToArray() is var rows
        && rows.All(row => columns.All(row.ContainsKey)) ? rows : null;
}
