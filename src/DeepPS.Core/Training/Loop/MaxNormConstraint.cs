using DeepPS.Layers;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// Keeps the norm of the weights into each unit within its layer's limit, after each step.
/// From Srebro and Shraibman (2005); with dropout from Hinton and others (2012).
/// </summary>
internal static class MaxNormConstraint
{
    /// <summary>Shortens weights that are too long: PyTorch's <c>renorm</c> of order 2 over the outputs.</summary>
    public static void Apply(IReadOnlyList<Parameter> parameters)
    {
        foreach (var parameter in parameters)
            if (parameter is { MaxNorm: { } limit, Frozen: false })
                Shorten(parameter, limit);
    }

    private static void Shorten(Parameter parameter, double limit)
    {
        using var noGradient = no_grad();
        using var shortened = parameter.Value.renorm(2, parameter.UnitAxis, (float)limit);
        parameter.Load(shortened);
    }
}
