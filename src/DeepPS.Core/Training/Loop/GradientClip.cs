using DeepPS.Layers;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>Clips gradients that are too large for a good step.</summary>
internal static class GradientClip
{
    /// <summary>Added to the norm against division by zero, as in PyTorch.</summary>
    private const double Epsilon = 1e-6;

    /// <summary>Clips as the options say: first each value, then the norm of all gradients together.</summary>
    public static void Apply(IReadOnlyList<Parameter> parameters, TrainingOptions options)
    {
        if (options is { ClipValue: null, ClipNorm: null })
            return;
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var gradients = parameters.Select(parameter => parameter.Value.grad).OfType<Tensor>().ToArray();
        if (options.ClipValue is { } limit)
            foreach (var gradient in gradients)
                gradient.clamp_(-limit, limit);
        if (options.ClipNorm is { } norm)
            ByNorm(gradients, norm);
    }

    /// <summary>
    /// PyTorch's <c>clip_grad_norm_</c>; it does not wait for the device. From Pascanu and others (2012).
    /// </summary>
    private static void ByNorm(Tensor[] gradients, double limit)
    {
        var norm = stack(gradients.Select(gradient => gradient.norm()).ToArray()).norm();
        var factor = norm.add(Epsilon).reciprocal().mul(limit).clamp_(max: 1);
        foreach (var gradient in gradients)
            gradient.mul_(factor);
    }
}
