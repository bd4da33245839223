using System.Text.Json.Nodes;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>How one column's values become what a network sees. Fitted once; the same for training and for prediction.</summary>
internal abstract class ColumnEncoder
{
    /// <summary>The name by which model files know the encoder.</summary>
    public abstract string Type { get; }

    /// <summary>What it does, in words.</summary>
    public abstract string Description { get; }

    /// <summary>Makes a column of raw values of objects.</summary>
    /// <exception cref="DlException"><c>NotANumber</c>, <c>WrongImageSize</c>, ...: a value cannot be what the column holds.</exception>
    public abstract Column Read(string name, IReadOnlyList<object?> values);

    /// <summary>The encoder as JSON.</summary>
    public abstract JsonObject ToJson();

    /// <summary>Makes an encoder from JSON.</summary>
    public static ColumnEncoder FromJson(JsonObject json) => (string?)json["type"] switch
    {
        NumberEncoder.TypeName => NumberEncoder.From(json),
        CategoryEncoder.TypeName => CategoryEncoder.From(json),
        EmbeddingEncoder.TypeName => EmbeddingEncoder.From(json),
        BooleanEncoder.TypeName => BooleanEncoder.From(json),
        TimeEncoder.TypeName => TimeEncoder.From(json),
        ImageEncoder.TypeName => ImageEncoder.From(json),
        TensorEncoder.TypeName => TensorEncoder.From(json),
        TextEncoder.TypeName => TextEncoder.From(json),
        TokenEncoder.TypeName => TokenEncoder.From(json),
        WindowEncoder.TypeName => WindowEncoder.From(json),
        var type => throw new DlException("InvalidPlan", DlErrorKind.InvalidData,
            $"Encoder '{type}' is not known. The model was perhaps written by a later version."),
    };
}

/// <summary>An encoder that makes a fixed count of numbers from each value.</summary>
internal abstract class FeatureEncoder : ColumnEncoder
{
    /// <summary>How many numbers each value becomes.</summary>
    public abstract int Width { get; }

    /// <summary>How many of them, from the first on, are amounts: not flags, and not numbers of names.</summary>
    public virtual int Amounts => 0;

    /// <summary>Writes the numbers of each row into a matrix of zeros.</summary>
    /// <param name="column">The values.</param>
    /// <param name="matrix">The matrix, row after row.</param>
    /// <param name="offset">Where the column's numbers begin in a row.</param>
    /// <param name="stride">How many numbers a row of the matrix has.</param>
    /// <returns>How many values were not known from training.</returns>
    public abstract int Encode(Column column, float[] matrix, int offset, int stride);
}
