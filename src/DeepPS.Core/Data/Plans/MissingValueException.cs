using DeepPS.Common;

namespace DeepPS.Data;

/// <summary>A row has no value in a column that needs one (<c>MissingValue</c>).</summary>
public sealed class MissingValueException(string message, string column)
    : DlException("MissingValue", DlErrorKind.InvalidData, message, column);
