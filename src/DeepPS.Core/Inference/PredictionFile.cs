using System.Buffers;
using System.Text;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Models;

namespace DeepPS.Inference;

/// <summary>Predicts the rows of CSV files and writes them to one file, with the predictions as further
/// columns.</summary>
public sealed class PredictionFile
{
    /// <summary>The number of chunks that may be in work for each processor.</summary>
    private const int ChunksAhead = 2;

    private readonly Model model;
    private readonly PredictionOptions options;
    private readonly Action<DlException> refuse;
    private readonly Action<double>? progress;
    private readonly CancellationToken cancel;
    private readonly string[] further;
    private readonly bool hasProbability, isChecked;
    private readonly UnfamiliarCount? unfamiliar;
    private long rows, refused;

    private PredictionFile(Model model, PredictionOptions options, Action<DlException> refuse,
        UnfamiliarCount? unfamiliar, Action<double>? progress, CancellationToken cancel)
    {
        this.unfamiliar = unfamiliar;
        (this.model, this.options, this.refuse, this.progress, this.cancel) =
            (model, options, refuse, progress, cancel);
        var (_, plan, loss) = model.Trained();
        options.Check(plan.Label!, loss);
        if (plan.Series is not null || plan.FileColumn is not null)
            throw new DlException("NotATableModel", DlErrorKind.InvalidArgument,
                $"Model '{model.Name}' takes {(plan.Series is null ? "image files" : "the past of a series")}, not one "
                + "row for each prediction. Use the pipeline: "
                + (plan.Series is null ? "Get-ChildItem" : "Import-Csv") + " | Invoke-DlPrediction | Export-Csv.",
                model);
        further = [.. Predictor.FurtherNames(model, options)];
        hasProbability = plan.Label!.Kind is not LabelKind.Number;
        isChecked = plan.HasFeatures;
    }

    /// <summary>Writes a file, whole or not at all. Rows are copied as they are; values that are appended to a row that
    /// cannot be predicted are empty.</summary>
    /// <param name="model">A trained model.</param>
    /// <param name="paths">The files to read, one or more with the same columns.</param>
    /// <param name="target">The file to write, in UTF-8 and otherwise written as the first file.</param>
    /// <param name="options">The options.</param>
    /// <param name="refuse">Called for each row that cannot be predicted.</param>
    /// <param name="log">Called with a description of each decision.</param>
    /// <param name="progress">Called with the share of the files that is done, from 0 to 1.</param>
    /// <param name="unfamiliar">Counts the rows with values unlike those of training.</param>
    /// <param name="cancel">Cancels; no file is written.</param>
    /// <returns>The number of rows, and of those without a prediction.</returns>
    /// <exception cref="DlException"><c>ColumnNotFound</c>, <c>ColumnsDiffer</c>, <c>DuplicateColumn</c>,
    /// <c>NotATableModel</c>, <c>RaggedRow</c>, <c>UnclosedQuote</c>; as <see cref="Predictor"/>.</exception>
    public static (long Rows, long Refused) Write(Model model, IReadOnlyList<string> paths, string target,
        PredictionOptions options, Action<DlException> refuse, Action<string>? log = null,
        Action<double>? progress = null, UnfamiliarCount? unfamiliar = null, CancellationToken cancel = default)
    {
        var encodings = new Encoding?[paths.Count];
        while (true)
        {
            var work = new PredictionFile(model, options, refuse, unfamiliar, progress, cancel);
            var table = TableOf(model.Plan!, paths, encodings, log);
            try
            {
                AtomicFile.Write(target, stream => work.WriteAll(stream, table, paths));
                return (work.rows, work.refused);
            }
            catch (NotUtf8Exception e)
            {
                log?.Invoke($"'{paths[e.File]}' is not UTF-8 throughout; it is read as {CsvEncoding.Fallback.WebName}, "
                    + "which includes Latin-1.");
                encodings[e.File] = CsvEncoding.Fallback;
            }
        }
    }

    /// <summary>The layouts of the files. A first line that names the columns of the model is a header.</summary>
    private static CsvTable TableOf(DataPlan plan, IReadOnlyList<string> paths, Encoding?[] encodings,
        Action<string>? log)
    {
        var table = new CsvTable(paths, new CsvOptions { Log = log }, encodings);
        if (table.Layout.Header || HasAll(table))
            return table;
        var named = new CsvTable(paths, new CsvOptions { Header = true, Log = log }, encodings);
        return HasAll(named) ? named : table;

        bool HasAll(CsvTable table) => plan.InputColumnNames.All(
            name => table.Layout.Names.Contains(name, StringComparer.OrdinalIgnoreCase));
    }

    private void WriteAll(Stream stream, CsvTable table, IReadOnlyList<string> paths)
    {
        byte[]? lineEnd = null;
        for (var file = 0; file < paths.Count; file++)
        {
            var layout = table.Layouts[file];
            var reading = new CsvRowReading(model.Plan!, layout, paths[file]);
            using var text = CsvText.Open(paths[file], layout.Encoding);
            var chunks = new CsvChunks(text, layout.Dialect, new CsvOptions().ChunkSize);
            var ahead = new Queue<(CsvChunk Chunk, Task<Part> Work)>();
            var free = new Stack<CsvChunk>();
            long before = 0, lines = 0;
            try
            {
                while (true)
                {
                    var chunk = free.TryPop(out var used) ? used : reading.NewChunk();
                    if (!chunks.Fill(chunk))
                        break;
                    if (lineEnd is null)
                    {
                        lineEnd = chunk.Rows.IndexOf("\r\n"u8) >= 0 ? "\r\n"u8.ToArray() : "\n"u8.ToArray();
                        WriteHeader(stream, table.Layout, paths[0], lineEnd);
                    }

                    var (ends, same) = (lineEnd, layout.Dialect.Delimiter == table.Layout.Dialect.Delimiter);
                    if (!same)
                        throw new DlException("ColumnsDiffer", DlErrorKind.InvalidData,
                            $"'{paths[file]}' and '{paths[0]}' have different delimiters, so their rows cannot be "
                            + "written to one file. Predict them one by one.", paths[file]);
                    ahead.Enqueue((chunk, Task.Run(() => Predict(reading, chunk, ends), cancel)));
                    if (ahead.Count >= ChunksAhead * Environment.ProcessorCount)
                        Finish();
                }

                while (ahead.Count > 0)
                    Finish();
            }
            finally
            {
                // Tasks use the model, which the caller may free.
                Task.WaitAll(ahead.Select(entry => entry.Work.ContinueWith(_ => { }, TaskScheduler.Default)).ToArray(),
                    CancellationToken.None);
            }

            text.EnsureWhole();

            void Finish()
            {
                var (chunk, work) = ahead.Dequeue();
                var part = work.GetAwaiter().GetResult();
                if (!part.IsUtf8)
                    throw new NotUtf8Exception(file);
                if (part.Fault is { } fault)
                    throw fault.Error(paths[file], lines + fault.Line);
                foreach (var (row, error) in part.Refused)
                    refuse(new DlException(error.Id, error.Kind, $"'{paths[file]}', row {before + row + 1:N0}: "
                        + error.Message, error.Target, error));
                foreach (var columns in part.Unfamiliar)
                    unfamiliar?.Add(columns);
                stream.Write(part.Text.WrittenSpan);
                (rows, refused) = (rows + part.Rows, refused + part.Refused.Count);
                (before, lines) = (before + part.Rows, lines + LineCount.Of(chunk.Rows));
                free.Push(chunk);
                progress?.Invoke((file + text.Fraction) / paths.Count);
                cancel.ThrowIfCancellationRequested();
            }
        }
    }

    private void WriteHeader(Stream stream, CsvLayout layout, string path, byte[] lineEnd)
    {
        string[] added =
        [
            nameof(Prediction), .. hasProbability ? [nameof(Prediction.Probability)] : Array.Empty<string>(),
            .. further, .. isChecked ? [nameof(Prediction.Unfamiliar)] : Array.Empty<string>(),
        ];
        if (added.FirstOrDefault(name => layout.Names.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } twice)
            throw new DlException("DuplicateColumn", DlErrorKind.InvalidData,
                $"'{path}' has a column '{twice}' already, and the prediction adds one of that name. Rename or remove "
                + "the column.", twice);
        var header = new ArrayBufferWriter<byte>();
        TextFor(layout.Dialect).WriteHeader(header, layout.Names.Concat(added), lineEnd);
        stream.Write(header.WrittenSpan);
    }

    private PredictionText TextFor(CsvDialect dialect) => new(dialect, hasProbability, further.Length, isChecked);

    /// <summary>Predicts the rows of a chunk, one thread for each chunk.</summary>
    private Part Predict(CsvRowReading reading, CsvChunk chunk, byte[] lineEnd)
    {
        var text = new ArrayBufferWriter<byte>(2 * chunk.Length + 1);
        var (predictions, wrong, fault, isUtf8) = Predict(reading, chunk);
        if (fault is not null || !isUtf8)
            return new Part(text, 0, [], [], fault, isUtf8);
        var writer = TextFor(reading.Dialect);
        var ranges = reading.Rows(chunk);
        if (ranges.Count != predictions.Length)
            throw new InvalidOperationException($"{ranges.Count} rows have {predictions.Length} predictions.");
        var source = chunk.Rows;
        for (var i = 0; i < predictions.Length; i++)
            writer.Write(text, source.Slice(ranges[i].First, ranges[i].Length), predictions[i], lineEnd);
        return new Part(text, predictions.Length, wrong,
            predictions.Select(prediction => prediction?.Unfamiliar).OfType<string>().ToArray(), null, true);
    }

    private (Prediction?[] Predictions, List<(int Row, DlException Error)> Refused, CsvFault? Fault, bool IsUtf8)
        Predict(CsvRowReading reading, CsvChunk chunk)
    {
        try
        {
            if (reading.Typed(chunk) is { } typed)
                return ([.. Predict(typed)], [], null, true);
        }
        catch (DlException)
        {
            // A row lacks a value, or has one that the model cannot read: the rows are tried one by one.
        }

        var (values, fault, isUtf8) = reading.Texts(chunk);
        if (fault is not null || !isUtf8)
            return ([], [], fault, isUtf8);
        var count = values.Values.First().Length;
        var (predictions, refusedRows) = (new Prediction?[count], new List<(int, DlException)>());
        new Bisection<IReadOnlyList<Prediction>>(
            (first, size) => Predict(model.Plan!.FromColumns(name => values[name].AsSpan(first, size).ToArray())),
            e => e.Kind is DlErrorKind.InvalidData or DlErrorKind.InvalidArgument or DlErrorKind.NotFound,
            (first, found) =>
            {
                for (var i = 0; i < found.Count; i++)
                    predictions[first + i] = found[i];
            },
            (row, e) => refusedRows.Add((row, e))).Run(0, count);
        return (predictions, refusedRows, null, true);
    }

    private IReadOnlyList<Prediction> Predict(Dataset data) => data.Count == 0 ? []
        : Predictor.Predict(model, data, options, threads: 1, cancel);

    private sealed record Part(ArrayBufferWriter<byte> Text, int Rows, List<(int Row, DlException Error)> Refused,
        string[] Unfamiliar, CsvFault? Fault, bool IsUtf8);

    private sealed class NotUtf8Exception(int file) : Exception
    {
        public int File => file;
    }
}
