namespace DeepPS.Abstractions;

/// <summary>A cmdlet that gives a catalog item and does nothing else: an optimizer, a loss, ...</summary>
public abstract class SettingsCmdlet : CatalogCmdlet
{
    /// <inheritdoc/>
    protected sealed override void End() => WriteObject(Create());
}
