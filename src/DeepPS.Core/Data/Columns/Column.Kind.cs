using DeepPS.Common;

namespace DeepPS.Data;

/// <remarks>
/// The description of a column kind: all that the rest asks of one. A new kind overrides these members in a file of its
/// own, together with its encoder (<see cref="EncoderTypeAttribute"/>) and, where text can hold its values, a
/// <see cref="TextForm"/>.
/// </remarks>
public abstract partial class Column
{
    /// <summary>Chooses by settings and training values how the column becomes numbers.</summary>
    /// <param name="embeds">Whether names may be embedded: not where the network reproduces its input.</param>
    /// <param name="log">Receives messages about decisions.</param>
    /// <returns>The encoder and the reason for it; null and the reason why the column is left out.</returns>
    /// <exception cref="DlException"><c>NotABoolean</c>, <c>NotATime</c>, <c>NotANumber</c>, <c>NumberTooLarge</c>,
    /// <c>InvalidColumnSetting</c>.</exception>
    internal abstract (ColumnEncoder? Encoder, string Reason) ChooseEncoder(bool embeds, Action<string>? log);

    /// <summary>Adds every value to a hash.</summary>
    internal abstract void AddTo(ValueHash hash);

    /// <summary>Adds statistics of the values to a summary.</summary>
    internal virtual ColumnSummary Summarize(ColumnSummary summary) => summary;

    /// <summary>The reason why nothing can be learned from the training values; null where something can.</summary>
    internal virtual string? WhyUseless() => null;

    /// <summary>Whether the mean or median can replace missing values.</summary>
    internal virtual bool HasMean => TakesScaling;

    /// <summary>Whether one value, such as the most frequent one, can replace missing values.</summary>
    internal virtual bool HasMode => false;

    /// <summary>Whether the column holds amounts, which can be scaled.</summary>
    internal virtual bool TakesScaling => Settings.Kind is ColumnKind.Number;

    /// <summary>Whether all values mean yes or no.</summary>
    internal virtual bool IsYesOrNo => false;

    /// <summary>The shape of the numbers or names of one row; no axis for a single one.</summary>
    internal virtual Shape ValueShape => new();

    /// <summary>Whether arrays of different lengths are padded to one shape.</summary>
    internal virtual bool IsPadded => false;

    /// <summary>The column with its arrays padded to a shape that has room for them; else itself.</summary>
    internal virtual Column PaddedTo(Shape shape) => this;

    /// <summary>Gives the only label of a dataset the form that it is learned in: classes or numbers.</summary>
    /// <param name="kind">The kind of the label; null: decided by its values.</param>
    /// <param name="log">Receives messages about decisions.</param>
    /// <exception cref="DlException"><c>InvalidLabel</c>: the column cannot be a label; <c>NotANumber</c>.</exception>
    internal virtual Column ToLabel(LabelKind? kind, Action<string>? log) =>
        throw new DlException("InvalidLabel", DlErrorKind.InvalidArgument,
            $"Label '{Name}' must be a number or a category, or an array of them; it is a column of kind {Kind}.",
                Name);

    /// <summary>How the column becomes targets.</summary>
    internal virtual LabelPlan FitLabel() => new(Name, LabelKind.Class, ValueShape, LabelFitting.Classes(this))
    {
        HasBooleans = Facts.IsBoolean,
        IsPadded = IsPadded,
    };

    /// <summary>The values as numbers; NaN where one is missing.</summary>
    /// <exception cref="DlException"><c>NotANumber</c>: a value is text; <c>WrongColumnKind</c>.</exception>
    internal virtual ColumnStore<double> AsNumbers() => throw ColumnValues.WrongKind(this, "numbers");

    /// <summary>The values as names: the number of each level, -1 where one is missing, and the levels.</summary>
    /// <exception cref="DlException"><c>WrongColumnKind</c>; <c>TooManyLevels</c>.</exception>
    internal virtual (ColumnStore<int> Codes, IReadOnlyList<string> Levels) AsLevels() =>
        throw ColumnValues.WrongKind(this, "categories");

    /// <summary>The values as ticks of points in time; <see cref="TimeColumn.None"/> where one is missing.</summary>
    /// <param name="dayFirst">
    /// Whether the day comes first in dates such as 1/2/2024; null: as in <see cref="TimeForm"/>.
    /// </param>
    /// <exception cref="DlException"><c>NotATime</c>; <c>WrongColumnKind</c>.</exception>
    internal virtual ColumnStore<long> AsTimes(bool? dayFirst)
    {
        var (store, names) = AsLevels();
        var ticks = names.Select(name => RawValue.TryTime(name, dayFirst, out var time) ? time
            : throw ColumnValues.NotATime(Name, name)).ToArray();
        return store.Convert(code => code < 0 ? TimeColumn.None : ticks[code]);
    }

    /// <summary>The values as arrays of numbers, row after row; NaN where a number is missing.</summary>
    /// <exception cref="DlException"><c>WrongColumnKind</c>.</exception>
    internal virtual float[] AsArrays() => throw ColumnValues.WrongKind(this, "arrays of numbers");
}
