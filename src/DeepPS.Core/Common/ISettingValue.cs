namespace DeepPS.Common;

/// <summary>A setting's type that makes itself from what a user or a model file gives, and back.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface ISettingValue<TSelf> where TSelf : ISettingValue<TSelf>
{
    /// <summary>What a user may give, in words: "one whole number, or one for each axis".</summary>
    static abstract string Accepts { get; }

    /// <summary>Makes the value from text, numbers or a list of them.</summary>
    /// <exception cref="FormatException">What came is not of the form.</exception>
    static abstract TSelf FromSetting(object value);

    /// <summary>The plain form for a model file: a string, a number, or an array of numbers.</summary>
    object ToSetting();
}
