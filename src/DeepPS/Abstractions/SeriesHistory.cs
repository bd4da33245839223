using System.Management.Automation;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Models;

namespace DeepPS.Abstractions;

/// <summary>Collects past rows of series from the pipeline and forecasts the steps that follow.</summary>
/// <param name="model">A model that was trained on windows of series.</param>
/// <param name="steps">Number of steps to predict; null for the number that the model predicts at once.</param>
internal sealed class SeriesHistory(Model model, int? steps)
{
    private readonly SeriesRowBuilder rows = new(model.Plan?.Series ?? throw Forecaster.NotASeries(model));

    /// <summary>Number of rows so far.</summary>
    public int Count => rows.Count;

    /// <summary>The rows so far, as a dataset.</summary>
    public Dataset Rows => rows.Build("objects");

    /// <summary>Whether the input has windows already, each of which is predicted by itself.</summary>
    public static bool IsWindows(PSObject input) =>
        input.BaseObject is Dataset dataset && dataset.Columns.Any(column => column is WindowColumn);

    /// <summary>Adds a row.</summary>
    public void Add(PSObject row) => rows.Add(PipelineValue.Row(row, rows.Wants));

    /// <summary>The forecasts as objects.</summary>
    /// <param name="history">The past rows.</param>
    /// <param name="refuse">Gets an error for each series that is too short.</param>
    /// <param name="log">Gets verbose messages.</param>
    /// <param name="cancel">Cancels the forecasts.</param>
    public IEnumerable<PSObject> Forecasts(Dataset history, Action<DlException> refuse, Action<string> log,
        CancellationToken cancel)
    {
        foreach (var forecast in Forecaster.Continue(model, history, steps, refuse, log, cancel))
        {
            var output = PSObject.AsPSObject(forecast);
            if (forecast.Index() is { } index)
                output.Set(nameof(forecast.Time), index);
            foreach (var (name, value) in forecast.Further())
                output.Set(name, value);
            yield return output;
        }
    }
}
