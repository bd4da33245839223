namespace DeepPS.Training;

/// <summary>How a training reacts when its loss, validation loss or parameters are no longer finite.</summary>
public enum Divergence
{
    /// <summary>It stops with an error; the model keeps its last good parameters.</summary>
    Stop,

    /// <summary>
    /// It continues from its last good parameters, with half the learning rate and a reset optimizer, up to ten times.
    /// An epoch is repeated if the problem shows only at its end.
    /// </summary>
    Recover,
}

/// <summary>Lets a training continue after it has diverged, with a lower learning rate.</summary>
/// <param name="divergence">Whether training continues.</param>
/// <param name="warn">Called when training continues.</param>
internal sealed class DivergenceRecovery(Divergence divergence, Action<string>? warn)
{
    private const int Most = 10;
    private const double Slower = 0.5;

    /// <summary>The number of recoveries so far.</summary>
    public int Count { get; set; }

    /// <summary>The factor on the learning rate.</summary>
    public double Factor => Math.Pow(Slower, Count);

    /// <summary>Whether training continues after an error. If so, the learning rate is lowered.</summary>
    public bool Takes(DivergedException error)
    {
        if (divergence != Divergence.Recover || Count >= Most)
            return false;
        Count++;
        warn?.Invoke($"{error.Message.Split(". ")[0]}. Training continues from the last good parameters with the "
            + $"learning rate times {Factor}.");
        return true;
    }
}
