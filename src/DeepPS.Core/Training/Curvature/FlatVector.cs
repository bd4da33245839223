using System.Runtime.InteropServices;
using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>Numbers of all parameters as one vector, float64.</summary>
internal static class FlatVector
{
    /// <summary>The vector of tensors.</summary>
    public static Tensor Of(IEnumerable<Tensor> tensors) =>
        cat(tensors.Select(tensor => tensor.reshape(-1).to(ScalarType.Float64)).ToArray());

    /// <summary>The pieces of a vector, of the parameters' shapes and type.</summary>
    public static Tensor[] Pieces(Tensor vector, IReadOnlyList<Parameter> parameters)
    {
        long first = 0;
        return parameters.Select(parameter =>
        {
            var piece = vector.narrow(0, first, parameter.Size).to(parameter.Value.dtype).view(parameter.Value.shape);
            first += parameter.Size;
            return piece;
        }).ToArray();
    }

    /// <summary>The error for a layer or a loss without a second derivative.</summary>
    public static DlException NoSecondDerivative(ExternalException e) => new("SecondDerivativeNotSupported",
        DlErrorKind.InvalidOperation,
        "The curvature needs second derivatives, and a layer or the loss has none: torch says "
        + $"\"{Gradients.Reason(e)}\". Use other layers in its place, or freeze the layers up to it.", null, e);
}
