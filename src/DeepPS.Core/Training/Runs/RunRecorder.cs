using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Models;
using DeepPS.Torch;

namespace DeepPS.Training;

/// <summary>
/// Keeps the record of a run in its own directory: model, settings and data, each epoch as a line of a CSV file, the
/// messages, and how it ended. A resumed run continues the same files.
/// </summary>
public sealed class RunRecorder : TrainingCallback
{
    private readonly string path;
    private readonly RunDirectory directory;
    private List<string>? early = [];
    private int lastEpoch;

    /// <summary>Prepares a record.</summary>
    /// <param name="path">The run's directory, which is created when training begins.</param>
    public RunRecorder(string path)
    {
        this.path = path;
        directory = new RunDirectory(path);
    }

    /// <summary>
    /// The path of a new run in a folder of runs, unique also when several processes start runs at once.
    /// </summary>
    public static string NewPath(string folder, Model model) => Path.Combine(folder, RunDirectory.NewName(model.Name));

    /// <summary>Further facts of the run by name, such as the git commit of the script.</summary>
    public IReadOnlyDictionary<string, string?> Facts { get; init; } = new Dictionary<string, string?>();

    /// <summary>
    /// Adds a line to the log. Lines before the beginning of the training are written when it begins, so that a
    /// training that never began leaves no files.
    /// </summary>
    public void Say(string text)
    {
        if (early is null)
            Try(() => directory.Log(text));
        else
            early.Add(text);
    }

    /// <inheritdoc/>
    /// <exception cref="DlException"><c>RunNotWritable</c>, here and after each epoch.</exception>
    public override void Begin(TrainingSession session) => Try(() =>
    {
        try
        {
            BeginRecord(session);
        }
        catch
        {
            EmptyFolder.Remove(path);
            throw;
        }
    });

    /// <inheritdoc/>
    public override void AfterEpoch(TrainingSession session, EpochRecord record)
    {
        // A resumed run may repeat an epoch that was recorded after its last checkpoint.
        if (record.Epoch <= lastEpoch)
            return;
        Try(() => directory.Add(record));
        lastEpoch = record.Epoch;
    }

    /// <inheritdoc/>
    public override void End(TrainingSession session, TrainingEnd end) => Try(() =>
    {
        directory.End(new JsonObject
        {
            ["end"] = end.ToString(),
            ["reason"] = session.Failure ?? session.Stopping?.Reason,
            ["ended"] = Now(),
            ["steps"] = session.TotalSteps,
        });
        var reason = session.Failure ?? session.Stopping?.Reason;
        directory.Log($"Training ended: {end}{(reason is null ? "" : $", {reason.TrimEnd('.')}")}.");
    });

    private void BeginRecord(TrainingSession session)
    {
        directory.Make();
        session.Model.RunPath = Path.GetFullPath(path);
        if (session.TotalSteps > 0)
            lastEpoch = directory.LastEpoch();
        else
            directory.ClearEpochs();
        directory.Begin(new JsonObject
        {
            ["name"] = session.Model.Name,
            ["started"] = directory.Started() ?? Now(),
            ["begun"] = Now(),
            ["process"] = Environment.ProcessId,
            ["machine"] = Environment.MachineName,
            ["device"] = session.Model.Device,
            ["threads"] = Threads.Count(session.Run.Options.Threads),
            ["versions"] = new JsonObject
            {
                ["DeepPS"] = typeof(RunRecorder).Assembly.GetName().Version!.ToString(3),
                ["torch"] = TorchSharp.torch.__version__,
                [".NET"] = RuntimeInformation.FrameworkDescription,
                ["system"] = RuntimeInformation.OSDescription,
            },
            ["facts"] = new JsonObject(Facts.Select(fact => KeyValuePair.Create(fact.Key, (JsonNode?)fact.Value))),
            ["layers"] = new JsonArray(
                session.Model.Layers.Select(JsonNode (layer) => ItemJson.Write(layer)).ToArray()),
            ["parameters"] = session.Model.ParameterCount,
            ["settings"] = session.Settings.DeepClone(),
            ["data"] = session.Data.DeepClone(),
        });
        early!.ForEach(directory.Log);
        early = null;
        directory.Log(session.TotalSteps > 0 ? $"Training continues after {session.TotalSteps} steps."
            : "Training begins.");
    }

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DlException("RunNotWritable", DlErrorKind.NotAvailable,
                $"The record of the run cannot be written to '{path}': {e.Message.TrimEnd('.')}. Free disk space, use "
                + "another folder with -RunPath, or turn the record off with -NoRecord.", path, e);
        }
    }

    private static string Now() => DateTimeOffset.Now.ToString("O", CultureInfo.InvariantCulture);
}
