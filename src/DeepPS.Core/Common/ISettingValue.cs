namespace DeepPS.Common;

/// <summary>A type of settings that converts itself from the values of users and model files, and back.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
public interface ISettingValue<TSelf> where TSelf : ISettingValue<TSelf>
{
    /// <summary>The accepted values, in words: "one whole number, or one for each axis".</summary>
    static abstract string Accepts { get; }

    /// <summary>Makes the value from text, numbers or a list of them.</summary>
    /// <exception cref="FormatException">The value has another form.</exception>
    static abstract TSelf FromSetting(object value);

    /// <summary>The plain form for a model file: a string, a number, or an array of numbers.</summary>
    object ToSetting();
}
