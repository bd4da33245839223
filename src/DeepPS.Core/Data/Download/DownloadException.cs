using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>A file cannot be had from one address (<c>DownloadNotFound</c>, <c>DownloadRefused</c>,
/// <c>DownloadFailed</c>, <c>WrongChecksum</c>); another address may have it.</summary>
internal sealed class DownloadException(string id, DlErrorKind kind, string message, Uri address,
    Exception? inner = null) : DlException(id, kind, message, address, inner);
