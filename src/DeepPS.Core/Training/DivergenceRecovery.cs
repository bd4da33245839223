namespace DeepPS;

/// <summary>What becomes of a training whose loss is no longer a finite number.</summary>
public enum Divergence
{
    /// <summary>It stops with an error; the model keeps its last good parameters.</summary>
    Stop,

    /// <summary>It goes back to its last good parameters and on from there, with half the learning rate, up to ten times.</summary>
    Recover,
}

/// <summary>Lets a training go on after its loss was not finite, with a lower learning rate.</summary>
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

    /// <summary>Whether training goes on after an error.</summary>
    public bool Takes(DlException error)
    {
        if (divergence != Divergence.Recover || error.Id != "LossNotFinite" || Count >= Most)
            return false;
        Count++;
        warn?.Invoke($"{error.Message.Split(". ")[0]}. Training goes on from the last good parameters with the learning rate times {Factor}.");
        return true;
    }
}
