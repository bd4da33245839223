using DeepPS.Common;

namespace DeepPS.Layers;

/// <summary>Zero padding of a convolution's input: a number for each spatial axis, <c>valid</c> for none, or
/// <c>same</c> to keep the size.</summary>
public readonly record struct Padding : ISettingValue<Padding>
{
    private readonly Dims amount;

    private Padding(Dims amount, bool isSame)
    {
        this.amount = amount;
        IsSame = isSame;
    }

    public static string Accepts => "a whole number, one for each axis, 'same' or 'valid'";

    /// <summary>Padding that keeps the size; an odd total puts the extra place at the end of the axis.</summary>
    public static Padding Same { get; } = new(0, isSame: true);

    /// <summary>No padding.</summary>
    public static Padding Valid { get; } = new(0, isSame: false);

    /// <summary>Whether the padding keeps the size.</summary>
    public bool IsSame { get; }

    /// <summary>The padding at each end of each axis; 0 if <see cref="Same"/>.</summary>
    public Dims Amount => Equals(default(Padding)) ? 0 : amount;

    /// <summary>One number for both ends of every axis.</summary>
    public static implicit operator Padding(int amount) => new(amount, isSame: false);

    /// <summary>A number for both ends of each axis.</summary>
    public static implicit operator Padding(Dims amount) => new(amount, isSame: false);

    public static Padding FromSetting(object value) => value switch
    {
        Padding padding => padding,
        string text when text.Equals("same", StringComparison.OrdinalIgnoreCase) => Same,
        string text when text.Equals("valid", StringComparison.OrdinalIgnoreCase) => Valid,
        _ => Dims.FromSetting(value),
    };

    public object ToSetting() => IsSame ? "same" : Amount.ToSetting();

    /// <summary>The number or numbers, or <c>same</c>.</summary>
    public override string ToString() => IsSame ? "same" : Amount.ToString();
}
