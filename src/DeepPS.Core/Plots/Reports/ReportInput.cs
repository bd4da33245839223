using DeepPS.Data;
using DeepPS.Models;
using DeepPS.Training;

namespace DeepPS.Plots;

/// <summary>What a report is about.</summary>
public sealed record ReportInput
{
    /// <summary>The model; null for a report of runs alone.</summary>
    public Model? Model { get; init; }

    /// <summary>The runs: that of the model, or those to report or compare.</summary>
    public IReadOnlyList<RunInfo> Runs { get; init; } = [];

    /// <summary>The parts of the data; null if there is only one.</summary>
    public Split? Split { get; init; }

    /// <summary>The data to measure the model on; null for no evaluation.</summary>
    public Dataset? Data { get; init; }

    /// <summary>Rows with Column and Importance; empty for none.</summary>
    public IReadOnlyList<object> Importance { get; init; } = [];

    /// <summary>The title; null for one that names the model or the runs.</summary>
    public string? Title { get; init; }
}
