using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;

namespace DeepPS.Commands;

/// <summary>
/// List the catalog: layers, activations, initializers, regularizers, losses, metrics, optimizers, schedules,
/// architectures, datasets and augmentations.
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
    /// <summary>The kind to list. Default: all.</summary>
    [Parameter(Position = 0)]
    public CatalogKind? Kind { get; set; }

    /// <summary>The names or aliases to list. Wildcards are allowed.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    public string[] Name { get; set => field = value ?? ["*"]; } = ["*"];

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var name in Name)
        {
            var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            var found = CatalogIndex.Get(Kind)
                .Where(entry => pattern.IsMatch(entry.Name) || entry.Aliases.Any(pattern.IsMatch)).ToArray();
            if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name))
                WriteError(ErrorRecords.Of(Unknown(name), name));
            WriteObject(found, enumerateCollection: true);
        }
    }

    private DlException Unknown(string name)
    {
        try
        {
            if (Kind is { } known)
                CatalogIndex.Find(known, name);
        }
        catch (DlException e)
        {
            return e;
        }

        return new DlException("UnknownName", DlErrorKind.NotFound,
            $"Nothing in the catalog is named '{name}'. List the names with Get-DlCatalog.", name);
    }
}
