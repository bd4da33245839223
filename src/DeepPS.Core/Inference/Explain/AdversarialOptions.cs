namespace DeepPS.Inference;

/// <summary>Options of <see cref="AdversarialExamples"/>.</summary>
public sealed record AdversarialOptions
{
    /// <summary>The attack.</summary>
    public Attack Attack { get; init; } = new Fgsm();

    /// <summary>The class that the model shall predict; null for any but the true one.</summary>
    public string? Target { get; init; }

    /// <summary>The seed of the attack's random numbers.</summary>
    public int Seed { get; init; }
}
