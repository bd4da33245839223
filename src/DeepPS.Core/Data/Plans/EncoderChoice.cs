namespace DeepPS.Data;

/// <summary>Chooses encoders for columns of single values: the one that the user wishes, or one for names.</summary>
internal static class EncoderChoice
{
    /// <summary>Names of up to this number of levels are one-hot; more are embedded.</summary>
    public const int ManyLevels = 20;

    /// <summary>Where names cannot be embedded, more levels than this are too many for one-hot.</summary>
    private const int TooManyLevels = 1000;

    /// <summary>The encoder for a column that the user set a kind for.</summary>
    public static (ColumnEncoder? Encoder, string Reason) Wished(Column column, ColumnKind kind, bool embeds)
    {
        ColumnEncoder encoder = kind switch
        {
            ColumnKind.Number => NumberEncoder.Fit(column),
            ColumnKind.Boolean => BooleanEncoder.Fit(column),
            ColumnKind.Time => TimeEncoder.Fit(column),
            _ => Names(column, embeds).Encoder ?? CategoryEncoder.Fit(column),
        };
        return (encoder, $"-Column says {kind}");
    }

    /// <summary>The encoder for a column of names.</summary>
    public static (ColumnEncoder? Encoder, string Reason) Names(Column column, bool embeds)
    {
        var distinct = LevelCounts.Of(column).Length;
        return column.Settings.Coding switch
        {
            CategoryCoding.OneHot => (CategoryEncoder.Fit(column), "-Column says OneHot"),
            CategoryCoding.Embedding when embeds => (EmbeddingEncoder.Fit(column), "-Column says Embedding"),
            _ when distinct <= ManyLevels => (CategoryEncoder.Fit(column), $"{distinct} names"),
            _ when embeds => (EmbeddingEncoder.Fit(column), $"{distinct:N0} names, more than {ManyLevels}"),
            _ when distinct <= TooManyLevels =>
                (CategoryEncoder.Fit(column), $"{distinct:N0} names, which the network reproduces"),
            _ => (null, $"it has {distinct:N0} different values, more than the {TooManyLevels:N0} that one-hot takes"),
        };
    }
}
