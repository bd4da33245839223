namespace DeepPS.Models;

/// <summary>How a model file stores weights. Biases and statistics are always float32.</summary>
public enum Quantization
{
    /// <summary>As float32.</summary>
    None,

    /// <summary>As whole numbers from -127 to 127 with one scale for each row of a weight, those of one unit or filter:
    /// a quarter of the bytes. They are float32 again when the file is read.</summary>
    Int8,
}
