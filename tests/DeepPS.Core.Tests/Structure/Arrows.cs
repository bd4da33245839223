using Mono.Cecil;
using Mono.Cecil.Cil;

namespace DeepPS.Tests;

/// <summary>
/// The uses of types across the folders of an assembly, where a folder is the part of a namespace after <c>DeepPS.</c>
/// </summary>
internal static class Arrows
{
    /// <summary>The folders of Core: each may use itself and those before it.</summary>
    public static readonly IReadOnlyList<string> Order =
    [
        "Common", "Catalog", "Torch", "Data", "Objectives", "Layers", "Networks", "Models", "Inference", "Training",
        "Search", "Plots",
    ];

    /// <summary>The uses of a later folder, each as one line: the member, and the type that it uses.</summary>
    public static IReadOnlyList<string> Wrong(string assembly, IReadOnlyList<string> order)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        return module.GetTypes()
            .SelectMany(type => Uses(type).Select(use => (From: type, use.Member, use.To)))
            .Where(use => IsWrong(order, Folder(use.From), Folder(use.To)))
            .Select(use => $"{Outermost(use.From).FullName}{use.Member} uses {Outermost(use.To).FullName}")
            .Distinct().Order(StringComparer.Ordinal).ToArray();
    }

    private static bool IsWrong(IReadOnlyList<string> order, string? from, string? to) =>
        from is not null && to is not null && from != to && Place(order, to) > Place(order, from);

    private static int Place(IReadOnlyList<string> order, string folder) =>
        order.TakeWhile(item => item != folder).Count();

    private static IEnumerable<(string Member, TypeReference To)> Uses(TypeDefinition type)
    {
        var ofType = new TypeReference?[] { type.BaseType }.Concat(type.Interfaces.Select(item => item.InterfaceType))
            .Concat(Attributes(type)).Concat(type.GenericParameters.SelectMany(Constraints)).Select(to => ("", to));
        var ofFields = type.Fields
            .SelectMany(field => Attributes(field).Append(field.FieldType).Select(to => ($".{field.Name}", to)));
        var ofProperties = type.Properties
            .SelectMany(property => Attributes(property).Select(to => ($".{property.Name}", to)));
        var ofMethods = type.Methods.SelectMany(method => OfMethod(method).Select(to => ($".{method.Name}", to)));
        return ofType.Concat(ofFields).Concat(ofProperties).Concat(ofMethods)
            .SelectMany(use => Parts(use.to).Select(part => (use.Item1, part)));
    }

    private static IEnumerable<TypeReference?> OfMethod(MethodDefinition method)
    {
        var signature = method.Parameters.Select(parameter => parameter.ParameterType).Append(method.ReturnType)
            .Concat(Attributes(method)).Concat(method.GenericParameters.SelectMany(Constraints));
        return method.HasBody
            ? signature.Concat(method.Body.Variables.Select(variable => variable.VariableType))
                .Concat(method.Body.Instructions.SelectMany(OfInstruction))
            : signature;
    }

    private static IEnumerable<TypeReference?> OfInstruction(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        GenericInstanceMethod method => [method.DeclaringType, method.ReturnType, .. method.GenericArguments],
        MethodReference method => [method.DeclaringType, method.ReturnType],
        _ => [],
    };

    private static IEnumerable<TypeReference?> Attributes(ICustomAttributeProvider provider) =>
        provider.CustomAttributes.SelectMany(attribute => attribute.ConstructorArguments
            .Select(argument => argument.Value).OfType<TypeReference>().Prepend(attribute.AttributeType));

    private static IEnumerable<TypeReference?> Constraints(GenericParameter parameter) =>
        parameter.Constraints.Select(constraint => constraint.ConstraintType);

    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null => [],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
        TypeSpecification wrapped => Parts(wrapped.ElementType),
        _ => [type],
    };

    private static TypeReference Outermost(TypeReference type) =>
        type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static string? Folder(TypeReference type) =>
        Outermost(type).Namespace is { } space && space.StartsWith("DeepPS.", StringComparison.Ordinal)
            ? space.Split('.')[1] : null;
}
