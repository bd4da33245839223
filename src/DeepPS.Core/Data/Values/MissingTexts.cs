using System.Text;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>The texts that mark missing values in a file: the usual ones, or those that the user set.</summary>
internal sealed class MissingTexts
{
    /// <summary>Those of <see cref="MissingValue"/>.</summary>
    public static readonly MissingTexts Usual = new(null);

    /// <summary>The texts that the user set; null: the usual ones.</summary>
    public IReadOnlyList<string>? Given { get; }

    private readonly byte[][]? texts;
    private readonly double[] numbers = [];

    /// <summary>Uses a list instead of the usual one; null: the usual one.</summary>
    public MissingTexts(IReadOnlyList<string>? given)
    {
        Given = given;
        texts = given?.Select(text => Encoding.UTF8.GetBytes(text.Trim())).ToArray();
        numbers = (texts ?? []).Where(text => NumberText.TryParse(text, out _))
            .Select(text => NumberText.TryParse(text, out var number) ? number : double.NaN).ToArray();
    }

    /// <summary>Whether a text, without spaces around it, marks a missing value. An empty one always does.</summary>
    public bool Contains(ReadOnlySpan<byte> text)
    {
        if (texts is null)
            return MissingValue.Is(text);
        foreach (var missing in texts)
            if (missing.Length == text.Length && (text.SequenceEqual(missing) || Ascii.EqualsIgnoreCase(text, missing)))
                return true;
        return text.IsEmpty;
    }

    /// <summary>Whether a number marks a missing value.</summary>
    public bool Contains(double number) => numbers.Length > 0 && numbers.AsSpan().Contains(number);
}
