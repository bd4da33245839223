namespace DeepPS.Training;

/// <summary>The settings of a GAN training, besides those that every training has.</summary>
public sealed record GanOptions
{
    /// <summary>What both players minimize.</summary>
    public GanObjective Objective { get; init; } = new StandardGan();

    /// <summary>The optimizer of the critic; null: that of the generator.</summary>
    public Optimizer? CriticOptimizer { get; init; }

    /// <summary>The number of the critic's steps for each step of the generator; null: that of the objective.</summary>
    public int? CriticSteps { get; init; }

    /// <summary>
    /// The factor of the penalty on critic gradients whose norm is not 1; null: that of the objective, or 0 with
    /// <see cref="ClipWeight"/>.
    /// </summary>
    public double? GradientPenalty { get; init; }

    /// <summary>The largest absolute value of a parameter of the critic; null: no limit.</summary>
    public double? ClipWeight { get; init; }

    /// <summary>
    /// The number of random numbers for each sample; null: that of the generator, or 100 if its shape is not known.
    /// </summary>
    public int? CodeSize { get; init; }

    /// <summary>Whether both players get the class of each sample.</summary>
    public bool Conditional { get; init; }

    /// <summary>The factor of the gradient penalty that is used.</summary>
    internal double Penalty => GradientPenalty ?? (ClipWeight is null ? Objective.DefaultPenalty : 0);

    /// <summary>The number of the critic's steps that is used.</summary>
    internal int Steps => CriticSteps ?? Objective.DefaultCriticSteps;
}
