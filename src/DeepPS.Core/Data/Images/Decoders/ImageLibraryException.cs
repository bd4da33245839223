using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>The native library that reads and draws pictures cannot be loaded (<c>ImageLibraryNotFound</c>).</summary>
internal sealed class ImageLibraryException(string message, Exception inner)
    : DlException("ImageLibraryNotFound", DlErrorKind.NotAvailable, message, null, inner);
