using System.Reflection;
using System.Runtime.CompilerServices;

namespace DeepPS.Data;

/// <summary>
/// Finds the types that describe column kinds: in this assembly, and in those loaded that see its internals.
/// </summary>
internal static class KindTypes
{
    private static readonly Lazy<Type[]> All = new(() => Assemblies().SelectMany(assembly => assembly.GetTypes())
        .Where(type => type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false }).ToArray());

    /// <summary>The concrete types derived from a base.</summary>
    public static IEnumerable<Type> Of<TBase>() => All.Value.Where(type => type.IsSubclassOf(typeof(TBase)));

    private static IEnumerable<Assembly> Assemblies()
    {
        var own = typeof(KindTypes).Assembly;
        var friends = own.GetCustomAttributes<InternalsVisibleToAttribute>()
            .Select(friend => new AssemblyName(friend.AssemblyName).Name).ToHashSet();
        return AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => friends.Contains(assembly.GetName().Name)).Prepend(own);
    }
}
