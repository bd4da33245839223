using System.Reflection;

namespace DeepPS.Help;

/// <summary>The public face of a cmdlet, read from its attributes.</summary>
internal sealed record CmdletFace(Type Type, string Verb, string Noun, string? DefaultSet, bool SupportsShouldProcess,
    IReadOnlyList<Type> Outputs, IReadOnlyList<ParameterFace> Parameters)
{
    private readonly Lazy<object> instance = new(() => Activator.CreateInstance(Type)!);

    public const string AllSets = "__AllParameterSets";

    public string Name => $"{Verb}-{Noun}";

    /// <summary>A new instance of the cmdlet, whose properties have the parameters' defaults.</summary>
    public object Instance => instance.Value;

    /// <summary>The names of its parameter sets.</summary>
    public IReadOnlyList<string> Sets => Parameters.SelectMany(parameter => parameter.Sets.Keys)
        .Where(set => set != AllSets).Distinct().DefaultIfEmpty(AllSets).ToArray();

    public static IReadOnlyList<CmdletFace> All(Assembly assembly) => assembly.GetTypes()
        .Select(type => (type, cmdlet: Data(type, "CmdletAttribute").FirstOrDefault()))
        .Where(pair => pair.cmdlet is not null)
        .Select(pair => Of(pair.type, pair.cmdlet!))
        .OrderBy(face => face.Name, StringComparer.Ordinal).ToArray();

    /// <summary>The parameters of one set, positional ones first.</summary>
    public IEnumerable<(ParameterFace Parameter, ParameterPlace Place)> In(string set) => Parameters
        .Select(parameter => (parameter,
            place: parameter.Sets.GetValueOrDefault(set) ?? parameter.Sets.GetValueOrDefault(AllSets)))
        .Where(pair => pair.place is not null)
        .Select(pair => (pair.parameter, pair.place!))
        .OrderBy(pair => pair.Item2.Position ?? int.MaxValue);

    private static CmdletFace Of(Type type, CustomAttributeData cmdlet) => new(type,
        (string)cmdlet.ConstructorArguments[0].Value!, (string)cmdlet.ConstructorArguments[1].Value!,
        Named<string>(cmdlet, "DefaultParameterSetName"), Named<bool>(cmdlet, "SupportsShouldProcess"),
        Data(type, "OutputTypeAttribute").SelectMany(OutputTypes).ToArray(),
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => Data(property, "ParameterAttribute").Any()).Select(ParameterFace.Of).ToArray());

    private static IEnumerable<Type> OutputTypes(CustomAttributeData data) =>
        data.ConstructorArguments[0].Value is IEnumerable<CustomAttributeTypedArgument> types
            ? types.Select(type => (Type)type.Value!)
            : [(Type)data.ConstructorArguments[0].Value!];

    internal static IEnumerable<CustomAttributeData> Data(MemberInfo member, string attribute) =>
        member.GetCustomAttributesData().Where(data => data.AttributeType.Name == attribute);

    internal static T? Named<T>(CustomAttributeData data, string name) =>
        data.NamedArguments.FirstOrDefault(argument => argument.MemberName == name).TypedValue.Value is T value
            ? value : default;
}

/// <summary>A parameter, and its place in each of its sets.</summary>
internal sealed record ParameterFace(PropertyInfo Property, IReadOnlyDictionary<string, ParameterPlace> Sets,
    IReadOnlyList<string> Aliases, IReadOnlyList<string> Choices, bool Wildcards)
{
    public string Name => Property.Name;

    /// <summary>Whether it must be given in all of its parameter sets.</summary>
    public bool IsMandatory => Sets.Values.All(place => place.Mandatory);

    public bool IsSwitch => Property.PropertyType.Name == "SwitchParameter";

    /// <summary>Its type, without Nullable.</summary>
    public Type ValueType => Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType;

    /// <summary>The type as a user writes it.</summary>
    public string TypeName => NameOf(Property.PropertyType);

    public static ParameterFace Of(PropertyInfo property) => new(property,
        CmdletFace.Data(property, "ParameterAttribute").ToDictionary(
            data => CmdletFace.Named<string>(data, "ParameterSetName") ?? CmdletFace.AllSets, ParameterPlace.Of),
        Strings(property, "AliasAttribute"), Strings(property, "ValidateSetAttribute"),
        CmdletFace.Data(property, "SupportsWildcardsAttribute").Any());

    internal static string NameOf(Type type) => type.IsArray ? NameOf(type.GetElementType()!) + "[]"
        : Nullable.GetUnderlyingType(type) is { } inner ? NameOf(inner)
        : type.Name;

    private static string[] Strings(PropertyInfo property, string attribute) => CmdletFace.Data(property, attribute)
        .SelectMany(data => (IEnumerable<CustomAttributeTypedArgument>)data.ConstructorArguments[0].Value!)
        .Select(argument => (string)argument.Value!).ToArray();
}

/// <summary>A parameter's place in a set.</summary>
internal sealed record ParameterPlace(bool Mandatory, int? Position, bool FromPipeline, bool FromPipelineByName)
{
    public static ParameterPlace Of(CustomAttributeData data) => new(
        CmdletFace.Named<bool>(data, "Mandatory"),
        data.NamedArguments.Any(argument => argument.MemberName == "Position")
            ? CmdletFace.Named<int>(data, "Position") : null,
        CmdletFace.Named<bool>(data, "ValueFromPipeline"),
        CmdletFace.Named<bool>(data, "ValueFromPipelineByPropertyName"));
}
