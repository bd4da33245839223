namespace DeepPS.Abstractions;

/// <summary>Base of cmdlets that only make a catalog item, such as an optimizer or a loss.</summary>
public abstract class SettingsCmdlet : CatalogCmdlet
{
    /// <inheritdoc/>
    protected sealed override void End() => WriteObject(Create());
}
