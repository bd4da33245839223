using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Nodes;
using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>Registers an encoder under its name in model files.</summary>
/// <param name="name">The name.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class EncoderTypeAttribute(string name) : Attribute
{
    /// <summary>The name in model files.</summary>
    public string Name { get; } = name;
}

/// <summary>An encoder that can be read from JSON.</summary>
/// <typeparam name="TSelf">The encoder.</typeparam>
internal interface IEncoderType<TSelf>
    where TSelf : ColumnEncoder, IEncoderType<TSelf>
{
    /// <summary>Makes the encoder that <see cref="ColumnEncoder.ToJson"/> wrote.</summary>
    static abstract TSelf From(JsonObject json);
}

/// <summary>Finds encoders by their names in model files.</summary>
internal static class EncoderTypes
{
    private static readonly MethodInfo Maker = typeof(EncoderTypes).GetMethod(
        nameof(ReaderOf), BindingFlags.NonPublic | BindingFlags.Static)!;

    private static readonly Lazy<Dictionary<string, Func<JsonObject, ColumnEncoder>>> Readers = new(() =>
        KindTypes.Of<ColumnEncoder>().ToDictionary(NameOf, type =>
            (Func<JsonObject, ColumnEncoder>)Maker.MakeGenericMethod(type).Invoke(null, null)!));

    private static readonly ConcurrentDictionary<Type, string> Names = new();

    /// <summary>The name of an encoder in model files.</summary>
    public static string NameOf(Type encoder) => Names.GetOrAdd(encoder, type =>
        type.GetCustomAttribute<EncoderTypeAttribute>(inherit: false)?.Name
        ?? throw new InvalidOperationException($"{type} has no {nameof(EncoderTypeAttribute)}"));

    /// <summary>Makes an encoder from JSON.</summary>
    /// <exception cref="DlException"><c>InvalidPlan</c>: no encoder has the type that the JSON names.</exception>
    public static ColumnEncoder Read(JsonObject json)
    {
        var type = (string?)json["type"];
        return type is not null && Readers.Value.TryGetValue(type, out var read) ? read(json)
            : throw new DlException("InvalidPlan", DlErrorKind.InvalidData,
                $"Encoder '{type}' is not known. The model was perhaps written by a later version; update DeepPS.");
    }

    private static Func<JsonObject, ColumnEncoder> ReaderOf<TEncoder>()
        where TEncoder : ColumnEncoder, IEncoderType<TEncoder> => TEncoder.From;
}
