using System.Buffers;

namespace DeepPS.Data;

/// <summary>
/// Finds the ends of rows, by the rules of <see cref="CsvHelper"/>: a quote counts where it opens a value.
/// </summary>
internal sealed class CsvRecords
{
    private readonly SearchValues<byte> ends;
    private readonly byte delimiter, quote;
    private readonly int comment;
    private State state;

    public CsvRecords(CsvDialect dialect)
    {
        (delimiter, quote, comment) =
            ((byte)dialect.Delimiter, (byte)dialect.Quote, dialect.Comment is { } mark ? mark : -1);
        ends = SearchValues.Create([delimiter, (byte)'\r', (byte)'\n']);
    }

    private enum State
    {
        RowStart,
        ValueStart,
        Value,
        Quoted,
        QuoteInQuotes,
        Comment,
    }

    /// <summary>Whether a quote is open at the end of the text read so far.</summary>
    public bool IsQuoteOpen => state is State.Quoted;

    /// <summary>Starts at the beginning of a row.</summary>
    public void Restart() => state = State.RowStart;

    /// <summary>Reads more text.</summary>
    /// <returns>The end of the text's last whole row, after the line end; 0 where there is none.</returns>
    public int LastEnd(ReadOnlySpan<byte> text) => End(text, first: false);

    /// <summary>The end of the text's first row, after the first byte of its line end; the length of the text where it
    /// has no line end. The text starts at the beginning of a row.</summary>
    public int FirstEnd(ReadOnlySpan<byte> text)
    {
        Restart();
        return End(text, first: true) is var end and > 0 ? end : text.Length;
    }

    private int End(ReadOnlySpan<byte> text, bool first)
    {
        var last = 0;
        for (var at = 0; at < text.Length;)
        {
            switch (state)
            {
                case State.Quoted:
                    at = Find(text, at, text[at..].IndexOf(quote));
                    if (at < text.Length)
                        state = State.QuoteInQuotes;
                    at++;
                    continue;
                case State.QuoteInQuotes when text[at] == quote:
                    state = State.Quoted;
                    at++;
                    continue;
                case State.RowStart when text[at] == comment:
                    state = State.Comment;
                    continue;
                case State.RowStart or State.ValueStart when text[at] == quote && quote != 0:
                    state = State.Quoted;
                    at++;
                    continue;
                case State.Comment:
                    at = Find(text, at, text[at..].IndexOfAny((byte)'\r', (byte)'\n'));
                    break;
                default:
                    at = Find(text, at, text[at..].IndexOfAny(ends));
                    if (at == text.Length)
                        state = State.Value;
                    break;
            }

            if (at == text.Length)
                break;
            state = text[at] == delimiter && state is not State.Comment ? State.ValueStart : State.RowStart;
            at++;
            if (state is State.RowStart)
                last = at;
            if (first && last > 0)
                return last;
        }

        return last;
    }

    private static int Find(ReadOnlySpan<byte> text, int at, int found) => found < 0 ? text.Length : at + found;
}
