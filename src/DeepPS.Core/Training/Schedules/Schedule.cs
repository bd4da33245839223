using DeepPS.Catalog;

namespace DeepPS.Training;

/// <summary>How the learning rate changes over a run.</summary>
[CatalogBase(CatalogKind.Schedule)]
public abstract record Schedule : CatalogItem
{
    /// <summary>The factor on the optimizer's learning rate for a step.</summary>
    /// <param name="at">The position of the step in the run.</param>
    public abstract double Factor(RunPoint at);
}
