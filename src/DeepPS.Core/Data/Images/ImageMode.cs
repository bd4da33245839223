namespace DeepPS.Data;

/// <summary>How many channels an image is given.</summary>
public enum ImageMode
{
    /// <summary>Red, green and blue. Of a grey image all three are the same.</summary>
    Color,

    /// <summary>One channel of brightness: 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601).</summary>
    Grey,
}
