namespace DeepPS.Training;

/// <summary>What becomes of a training whose loss, validation loss or parameters are no longer finite numbers.</summary>
public enum Divergence
{
    /// <summary>It stops with an error; the model keeps its last good parameters.</summary>
    Stop,

    /// <summary>
    /// It continues from its last good parameters, with half the learning rate and an optimizer that begins anew, up to
    /// ten times. An epoch whose end shows it is done again.
    /// </summary>
    Recover,
}

/// <summary>Lets a training continue after it has diverged, with a lower learning rate.</summary>
/// <param name="divergence">Whether to.</param>
/// <param name="warn">Told of it.</param>
internal sealed class DivergenceRecovery(Divergence divergence, Action<string>? warn)
{
    private const int Most = 10;
    private const double Slower = 0.5;

    /// <summary>How often it has happened.</summary>
    public int Count { get; set; }

    /// <summary>The factor on the learning rate.</summary>
    public double Factor => Math.Pow(Slower, Count);

    /// <summary>Whether training continues after an error.</summary>
    public bool Takes(DivergedException error)
    {
        if (divergence != Divergence.Recover || Count >= Most)
            return false;
        Count++;
        warn?.Invoke($"{error.Message.Split(". ")[0]}. Training continues from the last good parameters with the learning rate times {Factor}.");
        return true;
    }
}
