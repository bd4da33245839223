using System.Runtime.ExceptionServices;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// Reads the rows of one file on all cores: each takes the next chunk, parses it and appends it when those before it
/// are appended. A core waits only where another one is late by many chunks.
/// </summary>
internal sealed class CsvReading
{
    /// <summary>Later rows may be shorter than the first, so a few more are expected.</summary>
    private const double Headroom = 1.02;

    /// <summary>The number of parsed chunks that may wait for an earlier one.</summary>
    private static readonly int MostWaiting = Environment.ProcessorCount;

    private readonly CsvText text;
    private readonly CsvLayout layout;
    private readonly CsvColumn?[] columns;
    private readonly CsvOptions options;
    private readonly CsvChunks chunks;
    private readonly Func<CsvChunk> newChunk;
    private readonly int before;
    private readonly Lock reading = new();
    private readonly object joining = new();
    private readonly Dictionary<int, CsvChunk> parsed = [];
    private readonly Stack<CsvChunk> free = new();
    private int read, joined;
    private long lines, bytes;
    private volatile bool stopped;
    private ExceptionDispatchInfo? broken;

    /// <summary>Opens a file.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="layout">How it is written.</param>
    /// <param name="columns">The columns by their place; null for those that are not read.</param>
    /// <param name="missing">The texts that stand for a missing value.</param>
    /// <param name="options">How to read it.</param>
    public CsvReading(CsvText text, CsvLayout layout, CsvColumn?[] columns, MissingTexts missing, CsvOptions options)
    {
        (this.text, this.layout, this.columns, this.options) = (text, layout, columns, options);
        chunks = new CsvChunks(text, layout.Dialect, options.ChunkSize);
        newChunk = () => new CsvChunk
        {
            Columns = Array.ConvertAll(columns, column => column?.NewChunk(layout.Dialect.Numbers, missing)),
        };
        before = columns.OfType<CsvColumn>().First().Count;
    }

    /// <summary>The error in the first invalid row, with its line in the file; null: none.</summary>
    public CsvFault? Fault { get; private set; }

    /// <summary>Whether the file is text in UTF-8.</summary>
    public bool IsUtf8 { get; private set; } = true;

    /// <summary>Reads all rows.</summary>
    /// <param name="cancel">Ends the reading.</param>
    /// <param name="progress">Called after each chunk, by one thread at a time.</param>
    public void Run(CancellationToken cancel, Action progress)
    {
        var helpers = Enumerable.Range(1, Environment.ProcessorCount - 1)
            .Select(_ => Task.Run(() => Work(cancel, progress))).ToArray();
        Work(cancel, progress);
        Task.WaitAll(helpers, CancellationToken.None);
        if (Fault is null && IsUtf8)
            broken?.Throw();
    }

    private void Work(CancellationToken cancel, Action progress)
    {
        try
        {
            var chunk = newChunk();
            while (Next(chunk) is { } number)
            {
                chunk.Parse(layout.Dialect, layout.Header, layout.IsGuess, options.FastPath);
                chunk = Join(number, chunk, progress);
                cancel.ThrowIfCancellationRequested();
            }
        }
        catch (Exception e)
        {
            lock (joining)
            {
                broken ??= ExceptionDispatchInfo.Capture(e);
                Stop();
            }
        }
    }

    /// <summary>Fills a chunk with the next rows, and gives its number; null at the end.</summary>
    private int? Next(CsvChunk chunk)
    {
        lock (reading)
        {
            if (stopped)
                return null;
            try
            {
                return chunks.Fill(chunk) ? read++ : null;
            }
            catch (DlException e)
            {
                // An error in earlier rows is reported first.
                stopped = true;
                broken = ExceptionDispatchInfo.Capture(e);
                return null;
            }
        }
    }

    /// <summary>Appends a chunk in its turn, and returns a free one.</summary>
    private CsvChunk Join(int number, CsvChunk chunk, Action progress)
    {
        lock (joining)
        {
            parsed.Add(number, chunk);
            while (Fault is null && IsUtf8 && parsed.Remove(joined, out var next))
            {
                Append(next);
                joined++;
                free.Push(next);
                progress();
                Monitor.PulseAll(joining);
            }

            while (parsed.Count > MostWaiting && !stopped)
                Monitor.Wait(joining);
            return free.TryPop(out var used) ? used : newChunk();
        }
    }

    private void Append(CsvChunk chunk)
    {
        if (chunk.Fault is { } fault)
            Fault = fault with { Line = lines + fault.Line };
        IsUtf8 = chunk.IsUtf8;
        if (Fault is not null || !IsUtf8)
        {
            Stop();
            return;
        }

        lines += chunk.Lines;
        bytes += chunk.Length;
        for (var i = 0; i < columns.Length; i++)
            if (columns[i] is { } column)
            {
                if (text.Size > 0)
                    column.Expect(before + (long)((column.Count
                        + chunk.Columns[i]!.Count - before) * Headroom * text.Size / bytes));
                column.Append(chunk.Columns[i]!);
            }
    }

    private void Stop()
    {
        stopped = true;
        Monitor.PulseAll(joining);
    }
}
