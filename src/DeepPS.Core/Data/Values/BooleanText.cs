namespace DeepPS.Data;

/// <summary>Yes and no as text.</summary>
internal static class BooleanText
{
    /// <summary>The supported texts.</summary>
    public const string Known = "True and False, Yes and No, T and F, Y and N, On and Off, 1 and 0, in any case";

    /// <summary>The names of no and yes.</summary>
    public static readonly string[] Names = ["False", "True"];

    /// <summary>Reads a text.</summary>
    public static bool TryParse(string text, out bool value)
    {
        value = text.ToLowerInvariant() is "true" or "yes" or "t" or "y" or "on" or "1";
        return value || text.ToLowerInvariant() is "false" or "no" or "f" or "n" or "off" or "0";
    }
}
