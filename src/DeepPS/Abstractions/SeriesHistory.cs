using System.Management.Automation;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Models;

namespace DeepPS.Abstractions;

/// <summary>Rows of the past of series that come through the pipeline, and what a model says of the steps behind them.</summary>
/// <param name="model">A model that was trained with windows over series.</param>
/// <param name="steps">How many steps to predict; null: as many as the model predicts at once.</param>
internal sealed class SeriesHistory(Model model, int? steps)
{
    private readonly SeriesRowBuilder rows = new(model.Plan?.Series ?? throw Forecaster.NotASeries(model));

    /// <summary>How many rows have come.</summary>
    public int Count => rows.Count;

    /// <summary>The rows that have come.</summary>
    public Dataset Rows => rows.Build("objects");

    /// <summary>Whether what came is windows already, each of which is predicted for itself.</summary>
    public static bool IsWindows(PSObject input) => input.BaseObject is Dataset dataset && dataset.Columns.Any(column => column is WindowColumn);

    /// <summary>Adds a row.</summary>
    public void Add(PSObject row) => rows.Add(PipelineValue.Row(row, rows.Wants));

    /// <summary>The forecasts as objects.</summary>
    /// <param name="history">The rows of the past.</param>
    /// <param name="refuse">Told of each series that is too short.</param>
    /// <param name="log">Told what was decided.</param>
    /// <param name="cancel">Ends it early.</param>
    public IEnumerable<PSObject> Forecasts(Dataset history, Action<DlException> refuse, Action<string> log, CancellationToken cancel)
    {
        foreach (var forecast in Forecaster.Continue(model, history, steps, refuse, log, cancel))
        {
            var output = PSObject.AsPSObject(forecast);
            foreach (var (name, value) in forecast.Further())
                output.Set(name, value);
            yield return output;
        }
    }
}
