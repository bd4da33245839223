using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace DeepPS.Torch;

/// <summary>
/// Gradients by given tensors, which leave the gradients of parameters alone. TorchSharp's own <c>autograd.grad</c>
/// ends the process if torch refuses; a script throws.
/// </summary>
internal static class Gradients
{
    private static readonly TorchScript Plain = new("""
        def run(total: Tensor, variables: List[Tensor], gradients: List[Tensor]) -> None:
            found = torch.autograd.grad([total], variables, allow_unused=True)
            for i in range(len(variables)):
                gradient = found[i]
                if gradient is not None:
                    gradients[i].copy_(gradient)
        """);

    private static readonly TorchScript WithGraph = new("""
        def run(total: Tensor, variable: Tensor) -> Tensor:
            found = torch.autograd.grad([total], [variable], create_graph=True, allow_unused=True)[0]
            if found is None:
                return torch.zeros_like(variable)
            return found
        """);

    /// <summary>The gradients of a scalar; zeros for a tensor that it does not depend on.</summary>
    /// <exception cref="ExternalException">Torch cannot compute them.</exception>
    public static Tensor[] Of(Tensor total, IReadOnlyList<Tensor> variables)
    {
        var gradients = variables.Select(variable => zeros_like(variable, requires_grad: false)).ToArray();
        if (total.requires_grad && variables.All(variable => variable.requires_grad))
            Plain.Run(total, variables.ToArray(), gradients);
        return gradients;
    }

    /// <summary>The gradient of a scalar, which can itself be differentiated.</summary>
    /// <exception cref="ExternalException">Torch cannot compute it.</exception>
    public static Tensor Differentiable(Tensor total, Tensor variable) =>
        total.requires_grad ? WithGraph.Call(total, variable) : zeros_like(variable);
}
