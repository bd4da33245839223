using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// A form that the texts of a column may have, other than names. Each derived class is found by its base type; files
/// and objects share it.
/// </summary>
internal abstract class TextForm
{
    private static readonly Lazy<TextForm[]> All = new(() => KindTypes.Of<TextForm>()
        .Select(type => (TextForm)Activator.CreateInstance(type)!)
        .OrderBy(form => form.Order).ThenBy(form => form.GetType().FullName, StringComparer.Ordinal).ToArray());

    /// <summary>When the form is tried: a lower number goes first.</summary>
    public virtual int Order => 100;

    /// <summary>The kind that a user sets to read a column in this form; null: the values alone decide.</summary>
    public virtual ColumnKind? Kind => null;

    /// <summary>The column in the form that its values have, or that the user set.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="reading">How they are read.</param>
    /// <exception cref="Common.DlException">
    /// <c>NotATime</c>, <c>NotABoolean</c>: a value does not have the form that the user set.
    /// </exception>
    public static Column Decide(CategoryColumn texts, TextReading reading)
    {
        if (reading.Settings.Kind is { } kind)
            return Array.Find(All.Value, form => form.Kind == kind)?.Read(texts, reading) ?? texts;
        foreach (var form in All.Value)
            if (form.Infer(texts, reading) is { } column)
                return column;
        return StrayTexts.Numbers(texts, reading.Numbers, reading.Warn) ?? (Column)texts;
    }

    /// <summary>The column in this form; null where a value does not have it.</summary>
    public abstract Column? Infer(CategoryColumn texts, TextReading reading);

    /// <summary>The column in this form, which the user set.</summary>
    public virtual Column Read(CategoryColumn texts, TextReading reading) => Infer(texts, reading) ?? texts;

    /// <summary>Reads each level once, and gives every row the value of its level.</summary>
    protected static ColumnStore<T> PerRow<T>(CategoryColumn texts, T missing, Func<string, T> read)
        where T : unmanaged
    {
        var values = texts.Levels.Select(read).ToArray();
        return texts.Store.Convert(code => code < 0 ? missing : values[code]);
    }

    /// <summary>The number of the first row with a level, from 1.</summary>
    protected static int RowOf(CategoryColumn texts, string level) =>
        texts.Codes.IndexOf(Array.IndexOf(texts.Levels.ToArray(), level)) + 1;
}

/// <summary>How the texts of a column are read.</summary>
/// <param name="Settings">The user's wishes.</param>
/// <param name="DecimalComma">Whether decimals may follow a comma; null: the user set how numbers are written.</param>
/// <param name="Numbers">How numbers are written.</param>
/// <param name="Log">Receives messages about decisions.</param>
/// <param name="Warn">Receives warnings about values that count as missing.</param>
internal sealed record TextReading(
    ColumnSettings Settings, bool? DecimalComma, NumberFormat Numbers, Action<string>? Log, Action<string>? Warn);
