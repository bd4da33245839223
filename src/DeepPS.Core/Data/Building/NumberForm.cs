using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Texts of numbers that are not written plainly, such as 1.234,5.</summary>
internal sealed class NumberForm : TextForm
{
    public override int Order => 0;

    public override Column? Infer(CategoryColumn texts, TextReading reading)
    {
        if (reading.DecimalComma is not { } comma || NumberFormat.Find(texts.Levels, comma) is not { } format)
            return null;
        reading.Log?.Invoke($"Column '{texts.Name}' holds numbers such as '{texts.Levels.First(format.IsSaidBy)}'.");
        var numbers = PerRow(texts, double.NaN, level => format.TryParse(level, out var number) ? number : double.NaN);
        return new NumberColumn(texts.Name, numbers)
            .WithFacts(new ColumnFacts { Written = WrittenForm.Of(format, null) });
    }
}
