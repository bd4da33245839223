using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using DeepPS.Abstractions;
using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Data;

namespace DeepPS.Completion;

/// <summary>
/// Reads a hashtable of column settings; a value is a kind, or a hashtable of settings by name: <c>@{ Zip = 'Category';
/// Income = @{ Scaling = 'Log'; Missing = 'Median' } }</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ColumnSettingsConversionAttribute : ArgumentTransformationAttribute
{
    private static readonly Dictionary<string, PropertyInfo> Settings = typeof(ColumnSettings)
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (PipelineValue.Unwrap(inputData) is not IDictionary given)
            return inputData;
        var settings = new Dictionary<string, ColumnSettings>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in given)
            settings[entry.Key.ToString()!] = Read(entry.Key.ToString()!, PipelineValue.Unwrap(entry.Value));
        return settings;
    }

    private static ColumnSettings Read(string column, object? given) => given switch
    {
        ColumnSettings settings => settings,
        IDictionary named => ReadEach(column, named),
        _ => new() { Kind = (ColumnKind)Value(column, Settings[nameof(ColumnSettings.Kind)], given)! },
    };

    private static ColumnSettings ReadEach(string column, IDictionary named)
    {
        var settings = new ColumnSettings();
        foreach (DictionaryEntry entry in named)
        {
            var name = entry.Key.ToString()!;
            if (!Settings.TryGetValue(name, out var property))
                throw Invalid($"Columns have no setting '{name}'", name, Settings.Keys, column);
            property.SetValue(settings, Value(column, property, PipelineValue.Unwrap(entry.Value)));
        }

        return settings;
    }

    /// <summary>Converts a value to a setting's type. Enumerations accept names only, not numbers.</summary>
    private static object? Value(string column, PropertyInfo property, object? given)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var names = type.GetElementType() ?? type;
        if (names.IsEnum && (given as object?[] ?? [given]).Select(item => item?.ToString() ?? "").FirstOrDefault(
            item => !Enum.GetNames(names).Contains(item, StringComparer.OrdinalIgnoreCase)) is { } strange)
            throw Invalid($"{property.Name} of a column cannot be '{strange}'", strange, Enum.GetNames(names), column);
        return LanguagePrimitives.TryConvertTo(given, type, CultureInfo.InvariantCulture, out var value)
            && value is not null
            ? value
            : throw Invalid($"{property.Name} of a column cannot be '{given}'", "", [], column);
    }

    private static DlException Invalid(string problem, string found, IEnumerable<string> known, string column)
    {
        var nearest = NearestName.Of(found, known.ToArray());
        return new DlException("InvalidColumnSetting", DlErrorKind.InvalidArgument, $"{problem} (column '{column}'). "
            + (nearest.Count > 0 ? $"Did you mean {string.Join(" or ", nearest)}? " : "")
            + (known.Any() ? $"Use one of: {string.Join(", ", known)}." : ""), column);
    }
}
