using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Decides how a column becomes numbers: by what was said about it, else by its training values.</summary>
internal static class EncoderChoice
{
    /// <summary>Names of up to so many levels are one-hot, those of more are embedded.</summary>
    public const int ManyLevels = 20;

    /// <summary>Where names cannot be embedded, more levels than this are too many: each is a number.</summary>
    private const int TooManyLevels = 1000;

    /// <summary>The encoder of a column, and why it is that.</summary>
    /// <param name="column">The training values.</param>
    /// <param name="embeds">Whether names may be embedded: not where the input is to be given back.</param>
    /// <param name="log">Told what was decided.</param>
    /// <exception cref="DlException"><c>NotABoolean</c>, <c>NotATime</c>, <c>NotANumber</c>, <c>NumberTooLarge</c>, <c>InvalidColumnSetting</c>.</exception>
    public static (ColumnEncoder? Encoder, string Reason) Of(Column column, bool embeds, Action<string>? log)
    {
        SettingsCheck.Check(column);
        if (column.Settings.Kind is { } kind)
            return column switch
            {
                IImages or TensorColumn or TokenColumn or WindowColumn => ByValues(column, embeds),
                CategoryColumn texts when kind is ColumnKind.Text => (TextEncoder.Fit(texts, log), "-Column says Text"),
                _ => (OfKind(column, kind, embeds), $"-Column says {kind}"),
            };
        return ByValues(column, embeds);
    }

    private static ColumnEncoder OfKind(Column column, ColumnKind kind, bool embeds) => kind switch
    {
        ColumnKind.Number => NumberEncoder.Fit(column),
        ColumnKind.Boolean => BooleanEncoder.Fit(column),
        ColumnKind.Time => TimeEncoder.Fit(column),
        _ => Names(column, Distinct(column), embeds).Encoder ?? CategoryEncoder.Fit(column),
    };

    private static (ColumnEncoder? Encoder, string Reason) ByValues(Column column, bool embeds) => column switch
    {
        NumberColumn => (NumberEncoder.Fit(column), "numbers"),
        TimeColumn => (TimeEncoder.Fit(column), "points in time"),
        CategoryColumn when column.Settings.Coding is null && BooleanLevels.Are(LevelCounts.Of(column).Select(pair => pair.Level).ToArray()) =>
            (BooleanEncoder.Fit(column), "its values are yes and no"),
        CategoryColumn => Names(column, Distinct(column), embeds),
        IImages => (ImageEncoder.Fit(column), "images"),
        TensorColumn arrays => (new TensorEncoder(arrays.Shape), "arrays of numbers"),
        TokenColumn names => (TokenEncoder.Fit(names), "arrays of names"),
        WindowColumn windows => (WindowEncoder.Fit(windows), "windows of a time series"),
        _ => throw new InvalidOperationException($"No encoder for columns of kind {column.Kind}"),
    };

    private static (ColumnEncoder? Encoder, string Reason) Names(Column column, int distinct, bool embeds) => column.Settings.Coding switch
    {
        CategoryCoding.OneHot => (CategoryEncoder.Fit(column), "-Column says OneHot"),
        CategoryCoding.Embedding when embeds => (EmbeddingEncoder.Fit(column), "-Column says Embedding"),
        _ when distinct <= ManyLevels => (CategoryEncoder.Fit(column), $"{distinct} names"),
        _ when embeds => (EmbeddingEncoder.Fit(column), $"{distinct:N0} names, more than {ManyLevels}"),
        _ when distinct <= TooManyLevels => (CategoryEncoder.Fit(column), $"{distinct:N0} names, which are to be given back"),
        _ => (null, $"it has {distinct:N0} different values, more than the {TooManyLevels:N0} that one-hot takes"),
    };

    private static int Distinct(Column column) => LevelCounts.Of(column).Length;
}
