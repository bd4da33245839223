namespace DeepPS.Data;

/// <summary>
/// Finds errors in a file that Skia ignores, and checks that its bytes can hold an image of its size. It allocates no
/// pixels.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="size">The size of the stored image, by its header.</param>
/// <returns>The orientation, where the file has it in a place that Skia ignores; else null.</returns>
/// <exception cref="ImageFormatException">The file is broken.</exception>
internal delegate ImageOrientation? FileCheck(ReadOnlySpan<byte> file, ImageSize size);
