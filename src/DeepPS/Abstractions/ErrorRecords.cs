using System.Management.Automation;
using DeepPS.Common;
using DeepPS.Torch;

namespace DeepPS.Abstractions;

/// <summary>Turns exceptions into error records.</summary>
internal static class ErrorRecords
{
    /// <summary>The record of an exception: its stable identifier, its category and its target.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="target">The target, if the exception has none.</param>
    public static ErrorRecord Of(Exception exception, object? target = null) => Chain(exception)
        .Select(cause => Known(cause, target)).FirstOrDefault(record => record is not null)
        ?? new ErrorRecord(exception, "UnexpectedFailure", ErrorCategory.NotSpecified, target);

    private static ErrorRecord? Known(Exception exception, object? target) => exception switch
    {
        DlException e => new ErrorRecord(e, e.Id, Category(e.Kind), target ?? e.Target),
        IContainsErrorRecord e => new ErrorRecord(e.ErrorRecord, exception),
        DllNotFoundException e => new ErrorRecord(e, "TorchNotAvailable", ErrorCategory.ResourceUnavailable, target),
        FileNotFoundException e =>
            new ErrorRecord(e, "FileNotFound", ErrorCategory.ObjectNotFound, target ?? e.FileName),
        DirectoryNotFoundException e => new ErrorRecord(e, "DirectoryNotFound", ErrorCategory.ObjectNotFound, target),
        UnauthorizedAccessException e => new ErrorRecord(e, "AccessDenied", ErrorCategory.PermissionDenied, target),
        { } e when MemoryShortage.Is(e) => new ErrorRecord(e, "OutOfMemory", ErrorCategory.ResourceUnavailable, target)
        {
            ErrorDetails = new ErrorDetails($"There is not enough memory{MemoryShortage.Asked(e)}. Use smaller "
                + "samples, a smaller model or a smaller -BatchSize."),
        },
        IOException e => new ErrorRecord(e, "FileAccessFailed", ErrorCategory.ReadError, target),
        _ => null,
    };

    private static ErrorCategory Category(DlErrorKind kind) => kind switch
    {
        DlErrorKind.InvalidArgument => ErrorCategory.InvalidArgument,
        DlErrorKind.InvalidData => ErrorCategory.InvalidData,
        DlErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        DlErrorKind.InvalidOperation => ErrorCategory.InvalidOperation,
        DlErrorKind.NotAvailable => ErrorCategory.ResourceUnavailable,
        DlErrorKind.NumericFailure => ErrorCategory.InvalidResult,
        _ => ErrorCategory.NotSpecified,
    };

    /// <summary>An exception and its inner exceptions; a missing library is often an inner one.</summary>
    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
            yield return cause;
    }
}
