using DeepPS.Common;
using DeepPS.Data;

namespace DeepPS.Training;

/// <summary>Chooses how a training draws its samples.</summary>
internal static class SamplingChoice
{
    /// <summary>Draws the samples; null: each is used once per epoch.</summary>
    /// <exception cref="DlException">
    /// <c>InvalidSampling</c>: samples have no single class, or may not be drawn; <c>EpisodeClass</c>.
    /// </exception>
    public static ClassDraw? Of(TrainingOptions options, DataPlan plan, Dataset training)
    {
        if (options.Sampling is Sampling.Each)
            return null;
        if (plan.Label is not { Kind: LabelKind.Class, Shape.Rank: 0 } label)
            throw Invalid(options, $"needs one class in each row; label '{plan.Label!.Name}' is "
                + plan.Label.Description, plan.Label.Name);
        if (!options.Shuffle)
            throw Invalid(options, "needs shuffling; remove -NoShuffle", options.Shuffle);
        if (options.Optimizer is NormalEquation)
            throw Invalid(options, "needs an optimizer that takes steps; NormalEquation uses every sample once",
                options.Optimizer);
        return options.Sampling is Sampling.Episode
            ? EpisodeDraw.Of(training, plan, options.BatchSize, options.Way) : ClassDraw.Of(training, plan);
    }

    private static DlException Invalid(TrainingOptions options, string needs, object target) =>
        new("InvalidSampling", DlErrorKind.InvalidArgument,
        $"{options.Sampling} sampling {needs}, or leave -Sampling out.", target);
}
