using System.Text.Json.Nodes;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>
/// Turns the values of one column into numbers. Fitted once; the same for training and for prediction.
/// </summary>
/// <remarks>
/// An encoder has an <see cref="EncoderTypeAttribute"/> and implements <see cref="IEncoderType{TSelf}"/>; so
/// <see cref="EncoderTypes"/> finds it.
/// </remarks>
internal abstract class ColumnEncoder
{
    /// <summary>The name of the encoder in model files.</summary>
    public string Type => EncoderTypes.NameOf(GetType());

    /// <summary>Describes how values become numbers.</summary>
    public abstract string Description { get; }

    /// <summary>Makes a column of raw values of objects.</summary>
    /// <exception cref="DlException">
    /// <c>NotANumber</c>, <c>WrongImageSize</c>, ...: a value does not suit the column.
    /// </exception>
    public abstract Column Read(string name, IReadOnlyList<object?> values);

    /// <summary>The encoder as JSON.</summary>
    public abstract JsonObject ToJson();

    /// <summary>Makes an encoder from JSON.</summary>
    /// <exception cref="DlException"><c>InvalidPlan</c>: no encoder has the type that the JSON names.</exception>
    public static ColumnEncoder FromJson(JsonObject json) => EncoderTypes.Read(json);
}
