namespace DeepPS;

/// <summary>How the learning rate changes over a run.</summary>
public abstract record Schedule : CatalogItem
{
    /// <summary>The factor on the optimizer's learning rate for a step.</summary>
    /// <param name="step">The step's number, from 0.</param>
    /// <param name="stepsPerEpoch">How many steps an epoch has.</param>
    /// <param name="totalSteps">How many steps the run has.</param>
    public abstract double Factor(long step, long stepsPerEpoch, long totalSteps);
}
