namespace DeepPS.Data;

/// <summary>
/// The reason why bytes are not an image, in words that follow "it"; <see cref="ImageLoader"/> adds the file.
/// </summary>
internal sealed class ImageFormatException(string why, Exception? inner = null) : Exception(why, inner);
