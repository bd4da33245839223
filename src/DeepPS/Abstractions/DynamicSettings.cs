using System.Collections.ObjectModel;
using System.Management.Automation;
using DeepPS.Catalog;
using DeepPS.Completion;

namespace DeepPS.Abstractions;

/// <summary>The settings of a catalog item as parameters of a cmdlet: typed, validated, completed, with help.</summary>
internal sealed class DynamicSettings
{
    /// <summary>Collects the arguments that follow an unknown name, so that the error is about the name.</summary>
    private const string Rest = "Settings";

    private readonly RuntimeDefinedParameterDictionary parameters = [];

    /// <summary>Makes parameters from the settings of an item, if its name is known.</summary>
    /// <param name="kind">The kind of item.</param>
    /// <param name="name">Its name; null or empty while none is typed.</param>
    /// <param name="firstPosition">The position of the first positional setting.</param>
    /// <param name="parameterSet">The parameter set of the parameters; null for all sets.</param>
    public DynamicSettings(CatalogKind kind, string? name, int firstPosition, string? parameterSet = null)
    {
        if (string.IsNullOrEmpty(name))
            return;
        if (!CatalogIndex.TryFind(kind, name, out var entry))
        {
            Add(Rest, typeof(object[]), new ParameterAttribute { ValueFromRemainingArguments = true, DontShow = true });
            return;
        }

        foreach (var setting in entry!.Settings)
            Add(setting, firstPosition, parameterSet);
    }

    /// <summary>The parameters, for <see cref="IDynamicParameters"/>.</summary>
    public RuntimeDefinedParameterDictionary Parameters => parameters;

    /// <summary>The settings that the user gave.</summary>
    public IEnumerable<KeyValuePair<string, object?>> Given() => parameters.Values
        .Where(parameter => parameter.IsSet && parameter.Name != Rest)
        .Select(parameter => KeyValuePair.Create(parameter.Name,
            parameter.Value is SwitchParameter present ? present.IsPresent : PipelineValue.Unwrap(parameter.Value)));

    private void Add(SettingInfo setting, int firstPosition, string? parameterSet)
    {
        var parameter = new ParameterAttribute { Mandatory = setting.Required, HelpMessage = Help(setting) };
        if (setting.Position >= 0)
            parameter.Position = firstPosition + setting.Position;
        if (parameterSet is not null)
            parameter.ParameterSetName = parameterSet;

        if (setting.ValueType == typeof(bool) && setting.Default is false)
            Add(setting.Name, typeof(SwitchParameter), parameter);
        else if (setting.ItemKind is not null)
            Add(setting.Name, setting.ValueType, parameter, new SettingConversionAttribute(setting),
                new ArgumentCompleterAttribute(typeof(CatalogCompleter<>).MakeGenericType(setting.ValueType)));
        else
            Add(setting.Name, TypeOf(setting), parameter, new SettingConversionAttribute(setting));
    }

    private void Add(string name, Type type, params Attribute[] attributes) =>
        parameters.Add(name, new RuntimeDefinedParameter(name, type, new Collection<Attribute>(attributes)));

    /// <summary>An optional setting without a default accepts $null, which PowerShell would convert to 0.</summary>
    private static Type TypeOf(SettingInfo setting) =>
        setting.ValueType.IsValueType && !setting.Required && setting.Default is null
            ? typeof(Nullable<>).MakeGenericType(setting.ValueType)
            : setting.ValueType;

    private static string Help(SettingInfo setting) =>
        setting.Summary is { Length: > 0 } summary ? summary : setting.Name;
}
