namespace DeepPS.Data;

/// <summary>Why bytes are not an image, in words that follow "it"; <see cref="ImageLoader"/> says of which file.</summary>
internal sealed class ImageFormatException(string why, Exception? inner = null) : Exception(why, inner);
