namespace DeepPS.Common;

/// <summary>What kind of trouble a <see cref="DlException"/> reports; cmdlets map it to an error category.</summary>
public enum DlErrorKind
{
    /// <summary>A setting or argument has a value that cannot work.</summary>
    InvalidArgument,

    /// <summary>Data or a file does not hold what it should.</summary>
    InvalidData,

    /// <summary>A file, a column or a name does not exist.</summary>
    NotFound,

    /// <summary>The object is not in a state in which this can be done.</summary>
    InvalidOperation,

    /// <summary>The machine lacks what is needed: a device, a native library.</summary>
    NotAvailable,

    /// <summary>A computation left the range of numbers: a loss that is NaN or infinite.</summary>
    NumericFailure,
}

/// <summary>An error that a user can act on: what was expected, what came, what to do. <see cref="Id"/> is stable
/// between versions, so scripts may test for it.</summary>
public sealed class DlException : Exception
{
    /// <summary>Makes an error.</summary>
    /// <param name="id">Stable identifier in PascalCase, such as <c>LabelNotFound</c>.</param>
    /// <param name="kind">The kind of trouble.</param>
    /// <param name="message">What was expected, what came, what to do.</param>
    /// <param name="target">The object that the error is about: a path, a name, a layer.</param>
    /// <param name="inner">The error underneath, if any.</param>
    public DlException(string id, DlErrorKind kind, string message, object? target = null, Exception? inner = null)
        : base(message, inner)
    {
        Id = id;
        Kind = kind;
        Target = target;
    }

    /// <summary>Stable identifier, such as <c>LabelNotFound</c>.</summary>
    public string Id { get; }

    /// <summary>The kind of trouble.</summary>
    public DlErrorKind Kind { get; }

    /// <summary>The object that the error is about, if any.</summary>
    public object? Target { get; }
}
