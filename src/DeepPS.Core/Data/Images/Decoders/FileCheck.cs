namespace DeepPS.Data;

/// <summary>
/// Looks for what is wrong with a file that Skia passes over, and whether so many bytes can hold so large an image.
/// It makes no room for pixels.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="size">The size that it says its image has, as it is stored.</param>
/// <returns>How the image has to be turned, where the file says so in a place that Skia passes over; else null.</returns>
/// <exception cref="ImageFormatException">The file is broken.</exception>
internal delegate ImageOrientation? FileCheck(ReadOnlySpan<byte> file, ImageSize size);
