using System.Collections;
using System.Management.Automation;

namespace DeepPS;

/// <summary>Reads a hashtable of column kinds: <c>@{ Zip = 'Category' }</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ColumnKindConversionAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (PipelineValue.Unwrap(inputData) is not IDictionary given)
            return inputData;
        var kinds = new Dictionary<string, ColumnKind>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in given)
            kinds[entry.Key.ToString()!] = Enum.TryParse<ColumnKind>(entry.Value?.ToString(), ignoreCase: true, out var kind) && Enum.IsDefined(kind)
                ? kind
                : throw new DlException("InvalidColumnKind", DlErrorKind.InvalidArgument,
                    $"Column '{entry.Key}' wants one of {string.Join(", ", Enum.GetNames<ColumnKind>())}; '{entry.Value}' came.", entry.Key);
        return kinds;
    }
}
