using System.Diagnostics;
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
/// messages, and how it ended. A resumed run continues the same files. If a file cannot be written later on, because
/// another program has it open or the disk is full, the training continues, and the record is completed as soon as that
/// is possible.
/// </summary>
public sealed class RunRecorder : TrainingCallback
{
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(2);

    private readonly string path;
    private readonly RunDirectory directory;
    private readonly LateWrites epochs = new();
    private readonly LateWrites log = new();
    private List<string>? early = [];
    private int? lastEpoch;
    private long lastAttempt;
    private bool hasWarned;

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

    /// <summary>Called once if the record cannot be written in the midst of the training, and if it stays
    /// incomplete.</summary>
    public Action<string>? Warn { get; set; }

    /// <summary>
    /// Adds a line to the log. Lines before the beginning of the training are written when it begins, so that a
    /// training that never began leaves no files.
    /// </summary>
    public void Say(string text)
    {
        if (early is null)
            Log(text);
        else
            early.Add(text);
    }

    /// <inheritdoc/>
    /// <exception cref="DlException"><c>RunNotWritable</c>.</exception>
    public override void Begin(TrainingSession session)
    {
        try
        {
            BeginRecord(session);
        }
        catch (Exception e)
        {
            EmptyFolder.Remove(path);
            if (e is not (IOException or UnauthorizedAccessException))
                throw;
            throw new DlException("RunNotWritable", DlErrorKind.NotAvailable,
                $"The record of the run cannot be written to '{path}': {e.Message.TrimEnd('.')}. Free disk space, use "
                + "another folder with -RunPath, or turn the record off with -NoRecord.", path, e);
        }
    }

    /// <inheritdoc/>
    public override void AfterStep(TrainingSession session)
    {
        if (epochs.Waiting + log.Waiting == 0 || Stopwatch.GetElapsedTime(lastAttempt) < BetweenAttempts)
            return;
        lastAttempt = Stopwatch.GetTimestamp();
        epochs.Try();
        log.Try();
    }

    /// <inheritdoc/>
    public override void AfterEpoch(TrainingSession session, EpochRecord record)
    {
        epochs.Add(() => Add(record));
        WarnOf(epochs);
    }

    /// <inheritdoc/>
    public override void End(TrainingSession session, TrainingEnd end)
    {
        var reason = session.Failure ?? session.Stopping?.Reason;
        var ending = new LateWrites();
        log.Add(() => directory.Log($"Training ended: {end}{(reason is null ? "" : $", {reason.TrimEnd('.')}")}."));
        epochs.TryPatiently();
        log.TryPatiently();
        ending.Add(() => directory.End(new JsonObject
        {
            ["end"] = end.ToString(),
            ["reason"] = reason,
            ["ended"] = Now(),
            ["steps"] = session.TotalSteps,
        }));
        if ((epochs.Problem ?? ending.Problem ?? log.Problem) is { } problem)
            Warn?.Invoke($"The record of the run in '{path}' is incomplete: {problem.Message.TrimEnd('.')}. It lacks "
                + $"{epochs.Waiting - (lastEpoch is null ? 1 : 0)} epochs and {log.Waiting} lines of the log"
                + (ending.Waiting > 0 ? ", and how the training ended" : "") + ".");
    }

    private void Log(string text)
    {
        log.Add(() => directory.Log(text));
        WarnOf(log);
    }

    /// <summary>A resumed run may repeat an epoch that was recorded after its last checkpoint.</summary>
    private void Add(EpochRecord record)
    {
        if (record.Epoch <= lastEpoch)
            return;
        directory.Add(record);
        lastEpoch = record.Epoch;
    }

    private void WarnOf(LateWrites writes)
    {
        if (hasWarned || writes.Problem is not { } problem)
            return;
        hasWarned = true;
        Warn?.Invoke($"The record of the run cannot be written to '{path}' at present: {problem.Message.TrimEnd('.')}. "
            + "Training continues, and the record is completed when it can be written again.");
    }

    private void BeginRecord(TrainingSession session)
    {
        directory.Make();
        session.Model.RunPath = Path.GetFullPath(path);
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
        var resumes = session.TotalSteps > 0;
        epochs.Add(() =>
        {
            if (!resumes)
                directory.ClearEpochs();
            lastEpoch = resumes ? directory.LastEpoch() : 0;
        });
        // A process that was killed while the file could not be written may have left epochs out.
        foreach (var record in session.Model.History.Where(
            record => record.Epoch > session.Run.Clock.Position.FirstEpoch))
            epochs.Add(() => Add(record));
        WarnOf(epochs);
        var lines = early!;
        early = null;
        lines.ForEach(Log);
        Log(resumes ? $"Training continues after {session.TotalSteps} steps." : "Training begins.");
    }

    private static string Now() => DateTimeOffset.Now.ToString("O", CultureInfo.InvariantCulture);
}
