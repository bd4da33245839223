namespace DeepPS.Data;

/// <summary>Finds the rows in the text of a chunk, as the readers of their values do.</summary>
internal static class CsvRows
{
    /// <summary>The range of each row, without its line end.</summary>
    /// <param name="text">Whole rows.</param>
    /// <param name="dialect">How they are written.</param>
    /// <param name="skip">Whether to skip the first row.</param>
    public static List<(int First, int Length)> Of(ReadOnlySpan<byte> text, CsvDialect dialect, bool skip)
    {
        var rows = new List<(int First, int Length)>();
        var records = dialect.Quote != CsvDialect.NoQuote && text.Contains((byte)dialect.Quote)
            ? new CsvRecords(dialect) : null;
        for (var at = 0; at < text.Length;)
        {
            if (text[at] is (byte)'\n' or (byte)'\r')
            {
                at++;
                continue;
            }

            var end = at + EndOf(text[at..], records);
            if (text[at] != dialect.Comment)
            {
                if (!skip)
                    rows.Add((at, end - at));
                skip = false;
            }

            at = end;
        }

        return rows;
    }

    /// <summary>The length of the first row without its line end.</summary>
    private static int EndOf(ReadOnlySpan<byte> text, CsvRecords? records)
    {
        if (records is null)
            return text.IndexOfAny((byte)'\r', (byte)'\n') is var found and >= 0 ? found : text.Length;
        var end = records.FirstEnd(text);
        return end > 0 && text[end - 1] is (byte)'\r' or (byte)'\n' ? end - 1 : end;
    }
}
