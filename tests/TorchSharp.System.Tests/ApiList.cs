using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace TorchSharp.Tests;

/// <summary>
/// An assembly's public and protected members, a line each, in the form of the kept contract:
/// <c>declaring type | kind | signature</c>.
/// </summary>
internal static class ApiList
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Of(Assembly assembly) => assembly.GetTypes().Where(IsVisible).SelectMany(Of);

    /// <summary>A type line without its base class and interfaces, which may differ.</summary>
    public static string WithoutBases(string line)
    {
        var kind = line.Split(" | ")[1];
        var bases = line.IndexOf(" : ", StringComparison.Ordinal);
        if (kind != "type" || bases < 0 || line.Contains(" enum ")) return line;
        var where = line.IndexOf(" where ", StringComparison.Ordinal);
        return where >= 0 && where < bases ? line : line[..bases] + (where >= 0 ? line[where..] : "");
    }

    private static IEnumerable<string> Of(Type type)
    {
        string Line(string kind, string text) => $"{Name(type)} | {kind} | {text}";

        yield return Line("type", Header(type));
        if (type.IsEnum)
        {
            foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Static))
                yield return Line(
                    "enumvalue",
                    $"{field.Name} = {Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}");
            yield break;
        }

        foreach (var ctor in type.GetConstructors(Declared).Where(c => !c.IsStatic && IsVisible(c)))
            yield return Line("ctor", $"{Access(ctor)} {type.Name.Split('`')[0]}({Parameters(ctor)})");
        foreach (var method in type.GetMethods(Declared).Where(IsVisible))
        {
            var isOperator = method.Name.StartsWith("op_", StringComparison.Ordinal);
            if (!method.IsSpecialName || isOperator) yield return Line(
                isOperator ? "operator" : "method", Method(method));
        }

        foreach (var property in type.GetProperties(Declared))
        {
            if (Property(property) is { } text) yield return Line(
                property.GetIndexParameters().Length > 0 ? "indexer" : "property", text);
        }

        foreach (var field in type.GetFields(Declared).Where(f => (f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly) && !f.IsSpecialName))
            yield return Line("field", Field(field));
    }

    private static string Header(Type type)
    {
        var kind = type.IsEnum ? "enum" : type.IsValueType ? "struct" : type.IsInterface ? "interface"
            : type.IsAbstract && type.IsSealed ? "static class" : "class";
        var modifiers = type.IsNestedFamily || type.IsNestedFamORAssem ? "protected" : "public";
        if (kind == "class") modifiers += (type.IsAbstract ? " abstract" : "") + (type.IsSealed ? " sealed" : "");
        var underlying = type.IsEnum ? $" : {Name(Enum.GetUnderlyingType(type))}" : "";
        return $"{modifiers} {kind} {Name(type)}{underlying}{Constraints(type.GetGenericArguments())}";
    }

    private static string Method(MethodInfo method)
    {
        var generic = method.IsGenericMethodDefinition
            ? $"<{string.Join(", ", method.GetGenericArguments().Select(t => t.Name))}>" : "";
        var extension = method.IsDefined(typeof(ExtensionAttribute), false) ? "this " : "";
        var constraints = method.IsGenericMethodDefinition ? Constraints(method.GetGenericArguments()) : "";
        return $"{Modifiers(method)} {Name(method.ReturnType, TupleNames(method.ReturnParameter))} " +
            $"{method.Name}{generic}({extension}{Parameters(method)}){constraints}";
    }

    private static string? Property(PropertyInfo property)
    {
        var getter = property.GetMethod is { } g && IsVisible(g) ? g : null;
        var setter = property.SetMethod is { } s && IsVisible(s) ? s : null;
        if ((getter ?? setter) is not { } main) return null;
        var index = property.GetIndexParameters();
        var name = index.Length > 0 ? $"this[{string.Join(", ", index.Select(Parameter))}]" : property.Name;
        return $"{Modifiers(main)} {Name(property.PropertyType, TupleNames(property))} {name} " +
            $"{{ {(getter is null ? "" : "get; ")}{(setter is null ? "" : "set; ")}}}";
    }

    private static string Field(FieldInfo field)
    {
        var kind = field.IsLiteral ? " const" : (field.IsStatic ? " static" : "") + (field.IsInitOnly ? " readonly" : "");
        var value = field.IsLiteral ? $" = {Literal(field.GetRawConstantValue(), field.FieldType)}" : "";
        return $"{(field.IsPublic ? "public" : "protected")}{kind} {Name(field.FieldType, TupleNames(field))} {field.Name}{value}";
    }

    private static string Modifiers(MethodInfo method)
    {
        var text = Access(method) + (method.IsStatic ? " static" : "");
        if (method.DeclaringType!.IsInterface) return text;
        if (method.IsAbstract) return text + " abstract";
        if (!method.IsVirtual) return text;
        var overrides = method.GetBaseDefinition() != method;
        return overrides ? text + (method.IsFinal ? " sealed" : "") + " override" : method.IsFinal ? text : text + " virtual";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var prefix = parameter.ParameterType.IsByRef ? (parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ")
            : parameter.IsDefined(typeof(ParamArrayAttribute), false) ? "params " : "";
        var value = parameter.IsOptional ? $" = {Literal(parameter.RawDefaultValue, parameter.ParameterType)}" : "";
        return $"{prefix}{Name(parameter.ParameterType, TupleNames(parameter))} {parameter.Name}{value}";
    }

    private static string Literal(object? value, Type type)
    {
        var inner = Nullable.GetUnderlyingType(type) ?? type;
        if (value is null) return inner == type && type.IsValueType ? "default" : "null";
        if (inner.IsEnum)
        {
            var name = Enum.GetName(inner, value is Enum ? value : Enum.ToObject(inner, value));
            return $"{Name(inner)}.{name}";
        }

        return value switch
        {
            string s => $"\"{s}\"",
            bool b => b ? "true" : "false",
            char c => $"'{c}'",
            double d => d.ToString("R", CultureInfo.InvariantCulture),
            float f => f.ToString("R", CultureInfo.InvariantCulture) + "f",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
    }

    private static string Constraints(Type[] parameters) => string.Concat(parameters.Select(p =>
    {
        var flags = p.GenericParameterAttributes;
        var isStruct = (flags & GenericParameterAttributes.NotNullableValueTypeConstraint) != 0;
        var list = new List<string>();
        if ((flags & GenericParameterAttributes.ReferenceTypeConstraint) != 0) list.Add("class");
        if (p.CustomAttributes.Any(a => a.AttributeType.Name == "IsUnmanagedAttribute")) list.Add("unmanaged");
        else if (isStruct) list.Add("struct");
        list.AddRange(p.GetGenericParameterConstraints().Where(t => t != typeof(ValueType)).Select(t => Name(t)));
        if (!isStruct && (flags & GenericParameterAttributes.DefaultConstructorConstraint) != 0) list.Add("new()");
        return list.Count == 0 ? "" : $" where {p.Name} : {string.Join(", ", list)}";
    }));

    private static IList<string?>? TupleNames(ICustomAttributeProvider member) =>
        member.GetCustomAttributes(typeof(TupleElementNamesAttribute), false)
            .OfType<TupleElementNamesAttribute>().FirstOrDefault()?.TransformNames;

    private static string Name(Type type, IList<string?>? tupleNames = null)
    {
        var next = 0;
        return Name(type, tupleNames, ref next);
    }

    private static string Name(Type type, IList<string?>? names, ref int next)
    {
        if (type.IsByRef) return Name(type.GetElementType()!, names, ref next);
        if (type.IsArray)
            return $"{Name(type.GetElementType()!, names, ref next)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (type.IsGenericParameter) return type.Name;
        if (Nullable.GetUnderlyingType(type) is { } inner) return Name(inner, names, ref next) + "?";
        if (type.IsGenericType && type.Name.StartsWith(
            "ValueTuple`", StringComparison.Ordinal)) return Tuple(type, names, ref next);
        return Nested(type, names, ref next);
    }

    private static string Tuple(Type type, IList<string?>? names, ref int next)
    {
        var elements = type.GetGenericArguments();
        var first = next;
        next += elements.Length;
        var parts = new List<string>();
        for (var i = 0; i < elements.Length; i++)
        {
            var name = names is not null && first + i < names.Count ? names[first + i] : null;
            parts.Add(Name(elements[i], names, ref next) + (name is null ? "" : $" {name}"));
        }

        return $"({string.Join(", ", parts)})";
    }

    private static string Nested(Type type, IList<string?>? names, ref int next)
    {
        var chain = new Stack<Type>();
        for (Type? t = type; t is not null; t = t.DeclaringType) chain.Push(t);
        var arguments = new Queue<Type>(type.IsGenericType ? type.GetGenericArguments() : []);
        var parts = new List<string>();
        foreach (var link in chain)
        {
            var name = link.Name.Split('`');
            if (name.Length == 1)
            {
                parts.Add(name[0]);
                continue;
            }

            var own = new List<string>();
            for (var i = int.Parse(
                name[1],
                CultureInfo.InvariantCulture); i > 0; i--) own.Add(Name(arguments.Dequeue(), names, ref next));
            parts.Add($"{name[0]}<{string.Join(", ", own)}>");
        }

        return (string.IsNullOrEmpty(type.Namespace) ? "" : type.Namespace + ".") + string.Join('.', parts);
    }

    private static string Access(MethodBase method) => method.IsPublic ? "public" : "protected";

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsVisible(Type type)
    {
        for (Type? t = type; t is not null; t = t.DeclaringType)
        {
            if (!(t.IsPublic || t.IsNestedPublic || t.IsNestedFamily || t.IsNestedFamORAssem)) return false;
        }

        return true;
    }
}
