using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text;
using DeepPS.Data;

namespace DeepPS.Inference;

/// <summary>Writes rows of a file with their predictions, in the form of the file.</summary>
internal sealed class PredictionText(CsvDialect dialect, bool hasProbability, int further, bool isChecked)
{
    private const int LongestNumber = 32;
    private readonly byte delimiter = (byte)dialect.Delimiter;
    private readonly char quote = dialect.Quote == CsvDialect.NoQuote ? '"' : dialect.Quote;
    private readonly Dictionary<string, byte[]> texts = new(StringComparer.Ordinal);

    /// <summary>Writes a row; without a prediction its values are empty.</summary>
    public void Write(ArrayBufferWriter<byte> target, ReadOnlySpan<byte> row, Prediction? prediction,
        ReadOnlySpan<byte> lineEnd)
    {
        target.Write(row);
        Add(target, prediction?.Value);
        if (hasProbability)
            Add(target, prediction?.Probability);
        for (var i = 0; i < further; i++)
            Add(target, prediction?.Further[i].Value);
        if (isChecked)
            Add(target, prediction?.Unfamiliar);
        target.Write(lineEnd);
    }

    /// <summary>Writes a row of names.</summary>
    public void WriteHeader(ArrayBufferWriter<byte> target, IEnumerable<string> names, ReadOnlySpan<byte> lineEnd)
    {
        var first = true;
        foreach (var name in names)
        {
            if (!first)
                target.Write([delimiter]);
            first = false;
            target.Write(Quoted(name));
        }

        target.Write(lineEnd);
    }

    private void Add(ArrayBufferWriter<byte> target, object? value)
    {
        target.GetSpan(1)[0] = delimiter;
        target.Advance(1);
        switch (value)
        {
            case null:
                break;
            case double number:
                Add(target, number);
                break;
            case string text:
                target.Write(TextOf(text));
                break;
            default:
                target.Write(Quoted(Flat(value)));
                break;
        }
    }

    private void Add(ArrayBufferWriter<byte> target, double number)
    {
        var span = target.GetSpan(LongestNumber);
        number.TryFormat(span, out var length, default, CultureInfo.InvariantCulture);
        if (dialect.Numbers.Decimal != '.')
            span[..length].Replace((byte)'.', (byte)dialect.Numbers.Decimal);
        target.Advance(length);
    }

    private byte[] TextOf(string text)
    {
        if (!texts.TryGetValue(text, out var bytes))
            texts.Add(text, bytes = Quoted(text));
        return bytes;
    }

    private byte[] Quoted(string text) => Encoding.UTF8.GetBytes(
        text.AsSpan().IndexOfAny([dialect.Delimiter, quote, '\r', '\n']) < 0
            && text.AsSpan().Trim().Length == text.Length
            ? text : $"{quote}{text.Replace($"{quote}", $"{quote}{quote}")}{quote}");

    /// <summary>The elements of an array in one text.</summary>
    private static string Flat(object value) => value is not string && value is IEnumerable list
        ? string.Join(' ', list.Cast<object?>().Select(element => element is null ? "" : Flat(element)))
        : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
