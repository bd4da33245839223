using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>A file's image is not of the size of the others (<c>WrongImageSize</c>).</summary>
internal sealed class WrongImageSizeException(string message, string path)
    : DlException("WrongImageSize", DlErrorKind.InvalidData, message, path);
