namespace DeepPS.Common;

/// <summary>The kind of error of a <see cref="DlException"/>; cmdlets map it to an error category.</summary>
public enum DlErrorKind
{
    /// <summary>A setting or argument is invalid.</summary>
    InvalidArgument,

    /// <summary>Data or a file has invalid content.</summary>
    InvalidData,

    /// <summary>A file, a column or a name does not exist.</summary>
    NotFound,

    /// <summary>The object is not in a valid state for the operation.</summary>
    InvalidOperation,

    /// <summary>The machine has no such device or native library.</summary>
    NotAvailable,

    /// <summary>A computation gave NaN or infinity.</summary>
    NumericFailure,
}

/// <summary>An error that a user can act on: what was expected, what was found, what to do. <see cref="Id"/> is stable
/// between versions, so scripts may test for it.</summary>
public class DlException : Exception
{
    /// <summary>Makes an error.</summary>
    /// <param name="id">Stable identifier in PascalCase, such as <c>LabelNotFound</c>.</param>
    /// <param name="kind">The kind of error.</param>
    /// <param name="message">What was expected, what was found, what to do.</param>
    /// <param name="target">The object that the error is about: a path, a name, a layer.</param>
    /// <param name="inner">The inner error, if any.</param>
    public DlException(string id, DlErrorKind kind, string message, object? target = null, Exception? inner = null)
        : base(message, inner)
    {
        Id = id;
        Kind = kind;
        Target = target;
    }

    /// <summary>Stable identifier, such as <c>LabelNotFound</c>.</summary>
    public string Id { get; }

    /// <summary>The kind of error.</summary>
    public DlErrorKind Kind { get; }

    /// <summary>The object that the error is about, if any.</summary>
    public object? Target { get; }
}
