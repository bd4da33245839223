using System.Text;
using System.Text.Json.Nodes;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// How the source of a column writes values, where that is not the usual way; later rows are read likewise.
/// </summary>
internal sealed class WrittenForm
{
    private readonly IReadOnlyList<string>? given;
    private readonly MissingTexts missing;

    private WrittenForm(NumberFormat numbers, IReadOnlyList<string>? given) =>
        (Numbers, this.given, missing) = (numbers, given, new MissingTexts(given));

    /// <summary>How numbers are written.</summary>
    public NumberFormat Numbers { get; }

    /// <summary>The texts that mark missing values.</summary>
    public MissingTexts Missing => missing;

    /// <summary>The form of a source; null: the usual one.</summary>
    /// <param name="numbers">How numbers are written.</param>
    /// <param name="missing">The texts that mark missing values; null: the usual ones.</param>
    public static WrittenForm? Of(NumberFormat numbers, IReadOnlyList<string>? missing) =>
        numbers == NumberFormat.Plain && missing is null ? null : new WrittenForm(numbers, missing);

    /// <summary>Normalises a value: null for a missing one, and a number for text of one.</summary>
    /// <param name="value">The value of an object.</param>
    /// <param name="isNumber">Whether its column holds numbers.</param>
    public object? Read(object? value, bool isNumber)
    {
        if (value is not string text)
            return value is not null && RawValue.IsNumber(value, out var plain) && missing.Contains(plain) ? null
                : value;
        var trimmed = text.AsSpan().Trim();
        if (missing.Contains(Encoding.UTF8.GetBytes(trimmed.ToString())))
            return null;
        return isNumber && Numbers.TryParse(trimmed, out var number) ? missing.Contains(number) ? null : number : value;
    }

    /// <summary>The form as JSON.</summary>
    public JsonObject ToJson() => new()
    {
        ["decimal"] = Numbers.Decimal.ToString(),
        ["thousands"] = Numbers.Thousands?.ToString(),
        ["missing"] = given is null ? null : new JsonArray(given.Select(text => (JsonNode)text).ToArray()),
    };

    /// <summary>Reads the form from JSON.</summary>
    public static WrittenForm From(JsonNode json) => new(
        new NumberFormat(((string)json["decimal"]!)[0], ((string?)json["thousands"])?[0]),
        json["missing"]?.AsArray().Select(text => (string)text!).ToArray());
}
