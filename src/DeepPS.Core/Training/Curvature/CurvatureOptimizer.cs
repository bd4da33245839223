using DeepPS.Networks;
using DeepPS.Objectives;
using DeepPS.Torch;

namespace DeepPS.Training;

/// <summary>An optimizer that measures the curvature of the loss by the network's own outputs.</summary>
public abstract record CurvatureOptimizer : GradientOptimizer
{
    /// <inheritdoc/>
    internal override void Check(Network network, Loss loss, TrainingOptions options)
    {
        if (options.Precision != TrainingPrecision.Float32)
            throw Unusable("needs more digits than bfloat16 has. Use -Precision Float32, or another optimizer.");
        if (network.Parameters.FirstOrDefault(p => p.LearningRate is not null || p.WeightDecay is not null) is { } own)
            throw Unusable("does not support a LearningRate or WeightDecay of a layer, which the layer of "
                + $"'{own.Name}' has. Remove it, or use another optimizer.");
        if (network.Heads.Count > 0)
            throw Unusable($"does not support auxiliary heads, and layer '{network.Heads[0].Name}' is one. Remove its "
                + "OutputWeight, or use another optimizer.");
        if (options.Distillation is not null)
            throw Unusable("measures the curvature of the loss of labels, not of teachers. Omit -Teacher, or use "
                + "another optimizer.");
    }
}
