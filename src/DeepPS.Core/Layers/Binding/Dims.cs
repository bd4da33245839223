using System.Collections;
using System.Globalization;
using DeepPS.Common;

namespace DeepPS.Layers;

/// <summary>A whole number for each spatial axis, such as a kernel's size; a single number is for all axes.</summary>
public readonly struct Dims : ISettingValue<Dims>, IEquatable<Dims>
{
    private readonly long[]? values;

    /// <summary>Makes it from one number, or from one for each axis.</summary>
    public Dims(params long[] values) => this.values = values;

    public static string Accepts => "a whole number, or one for each axis";

    /// <summary>The number of numbers.</summary>
    public int Count => values?.Length ?? 0;

    /// <summary>One number for every axis.</summary>
    public static implicit operator Dims(int value) => new(value);

    public static Dims FromSetting(object value) => value switch
    {
        Dims dims => dims,
        string text => FromSetting(text.Split(['x', ',', ' '], StringSplitOptions.RemoveEmptyEntries)),
        IEnumerable list =>
            new Dims(list.Cast<object>().Select(v => Convert.ToInt64(v, CultureInfo.InvariantCulture)).ToArray()),
        _ => new Dims(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
    };

    public object ToSetting() => values is [var single] ? single : values ?? [];

    /// <summary>One number for each axis.</summary>
    /// <exception cref="FormatException">The count is neither 1 nor the number of axes.</exception>
    public long[] For(int axes) => values switch
    {
        [var single] => Enumerable.Repeat(single, axes).ToArray(),
        { } all when all.Length == axes => all,
        _ => throw new FormatException($"expected 1 or {axes} numbers, got {values?.Length ?? 0}"),
    };

    public bool Equals(Dims other) => (values ?? []).AsSpan().SequenceEqual(other.values ?? []);

    public override bool Equals(object? obj) => obj is Dims other && Equals(other);

    public override int GetHashCode() => (values ?? []).Aggregate(0, HashCode.Combine);

    /// <summary>The numbers with <c>x</c> between them.</summary>
    public override string ToString() => string.Join("x", values ?? []);
}
