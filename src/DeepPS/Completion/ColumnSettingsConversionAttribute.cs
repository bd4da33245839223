using System.Collections;
using System.Management.Automation;

namespace DeepPS;

/// <summary>Reads a hashtable of what is said about columns: <c>@{ Zip = 'Category' }</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ColumnSettingsConversionAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (PipelineValue.Unwrap(inputData) is not IDictionary given)
            return inputData;
        var settings = new Dictionary<string, ColumnSettings>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in given)
            settings[entry.Key.ToString()!] = new() { Kind = KindOf(entry) };
        return settings;
    }

    private static ColumnKind KindOf(DictionaryEntry entry) =>
        Enum.TryParse<ColumnKind>(entry.Value?.ToString(), ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind
            : throw new DlException("InvalidColumnKind", DlErrorKind.InvalidArgument,
                $"Column '{entry.Key}' wants one of {string.Join(", ", Enum.GetNames<ColumnKind>())}; '{entry.Value}' came.", entry.Key);
}
