using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Commands;

/// <summary>
/// Lists what there is: layers, activations, initializers, regularizers, losses, metrics, optimizers, schedules,
/// architectures, generated and published datasets, augmentations.
/// </summary>
/// <example>
/// <code>Get-DlCatalog Layer</code>
/// <para>Lists the layers.</para>
/// </example>
/// <example>
/// <code>(Get-DlCatalog Optimizer Adam).Settings</code>
/// <para>Lists the settings of an optimizer, with their defaults and ranges.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "DlCatalog")]
[OutputType(typeof(CatalogEntry))]
public sealed class GetDlCatalogCommand : DlCmdlet
{
    /// <summary>The kind of things to list. Without it: all.</summary>
    [Parameter(Position = 0)]
    public CatalogKind Kind { get; set; }

    /// <summary>The names or aliases to list. Wildcards are allowed.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void Process()
    {
        CatalogKind? kind = Given(nameof(Kind)) ? Kind : null;
        foreach (var name in Name)
        {
            var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            var found = CatalogIndex.Get(kind)
                .Where(entry => pattern.IsMatch(entry.Name) || entry.Aliases.Any(pattern.IsMatch)).ToArray();
            if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
                WriteError(ErrorRecords.Of(Unknown(kind, name), name));
            WriteObject(found, enumerateCollection: true);
        }
    }

    private static DlException Unknown(CatalogKind? kind, string name)
    {
        try
        {
            if (kind is { } known)
                CatalogIndex.Find(known, name);
        }
        catch (DlException e)
        {
            return e;
        }

        return new DlException("UnknownName", DlErrorKind.NotFound, $"There is nothing called '{name}' in the catalog. Get-DlCatalog lists all.", name);
    }
}
