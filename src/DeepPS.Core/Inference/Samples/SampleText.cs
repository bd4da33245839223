using System.Collections;
using System.Globalization;

namespace DeepPS.Inference;

/// <summary>Values of samples as text to look at.</summary>
public static class SampleText
{
    private const int NumbersShown = 6, Digits = 3;

    /// <summary>A value as short text: an array as its sizes and first numbers, others as they are.</summary>
    public static object? InShort(object? value)
    {
        if (value is not Array array)
            return value;
        var sizes = new List<int>();
        for (object? inner = array; inner is Array level; inner = level.Length > 0 ? level.GetValue(0) : null)
            sizes.Add(level.Length);
        var first = Flat(array).Take(NumbersShown + 1).Select(Text).ToArray();
        return $"{string.Join("x", sizes)}: {string.Join(" ", first.Take(NumbersShown))}"
            + (first.Length > NumbersShown ? " ..." : "");
    }

    /// <summary>The elements of nested arrays in order.</summary>
    internal static IEnumerable<object?> Flat(object? value) => value is string or not IEnumerable ? [value]
        : ((IEnumerable)value).Cast<object?>().SelectMany(Flat);

    private static string Text(object? value) => value switch
    {
        double number => Math.Round(number, Digits).ToString(CultureInfo.CurrentCulture),
        float number => MathF.Round(number, Digits).ToString(CultureInfo.CurrentCulture),
        _ => Convert.ToString(value, CultureInfo.CurrentCulture) ?? "",
    };
}
