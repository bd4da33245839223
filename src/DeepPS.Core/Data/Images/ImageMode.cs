namespace DeepPS.Data;

/// <summary>The channels of loaded images.</summary>
public enum ImageMode
{
    /// <summary>Red, green and blue; all three are equal in a grey image.</summary>
    Color,

    /// <summary>One channel of brightness: 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601).</summary>
    Grey,
}
