using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Texts of yes and no, where the user says so; else they are names, which the encoder recognises.</summary>
internal sealed class BooleanForm : TextForm
{
    public override ColumnKind? Kind => ColumnKind.Boolean;

    public override Column? Infer(CategoryColumn texts, TextReading reading) => null;

    public override Column Read(CategoryColumn texts, TextReading reading)
    {
        var codes = PerRow(texts, -1, level => BooleanText.TryParse(level, out var value) ? value ? 1 : 0
            : throw new DlException("NotABoolean", DlErrorKind.InvalidData,
                $"Column '{texts.Name}' must hold yes or no; "
                + $"got '{level}' in row {RowOf(texts, level):N0}. Supported: {BooleanText.Known}.", level));
        return new CategoryColumn(texts.Name, codes, BooleanText.Names);
    }
}
