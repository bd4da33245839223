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

    private static readonly TorchScript Keeping = new("""
        def run(total: Tensor, variables: List[Tensor], gradients: List[Tensor]) -> None:
            found = torch.autograd.grad([total], variables, retain_graph=True, allow_unused=True)
            for i in range(len(variables)):
                gradient = found[i]
                if gradient is not None:
                    gradients[i].copy_(gradient)
        """);

    private static readonly TorchScript Second = new("""
        def run(total: Tensor, variables: List[Tensor], vectors: List[Tensor], products: List[Tensor]) -> None:
            first = torch.autograd.grad([total], variables, create_graph=True, allow_unused=True)
            dots: List[Tensor] = []
            for i in range(len(variables)):
                gradient = first[i]
                if gradient is not None:
                    dots.append((gradient * vectors[i]).sum())
            if len(dots) > 0:
                dot = torch.stack(dots).sum()
                if dot.requires_grad:
                    second = torch.autograd.grad([dot], variables, allow_unused=True)
                    for i in range(len(variables)):
                        product = second[i]
                        if product is not None:
                            products[i].add_(product)
        """);

    private static readonly TorchScript GaussNewton = new("""
        def run(output: Tensor, at: Tensor, slope: Tensor, zeros: Tensor, variables: List[Tensor],
                vectors: List[Tensor], products: List[Tensor]) -> None:
            along: List[Optional[Tensor]] = [zeros]
            back = torch.autograd.grad([output], variables, grad_outputs=along, retain_graph=True, create_graph=True,
                allow_unused=True)
            dots: List[Tensor] = []
            for i in range(len(variables)):
                one = back[i]
                if one is not None:
                    dots.append((one * vectors[i]).sum())
            if len(dots) > 0 and slope.requires_grad:
                change = torch.autograd.grad([torch.stack(dots).sum()], [zeros], allow_unused=True)[0]
                if change is not None:
                    bend: List[Optional[Tensor]] = [change]
                    bent = torch.autograd.grad([slope], [at], grad_outputs=bend, retain_graph=True)[0]
                    last: List[Optional[Tensor]] = [bent]
                    found = torch.autograd.grad([output], variables, grad_outputs=last, retain_graph=True,
                        allow_unused=True)
                    for i in range(len(variables)):
                        product = found[i]
                        if product is not None:
                            products[i].add_(product)
        """);

    private static readonly TorchScript Back = new("""
        def run(outputs: List[Tensor], slopes: List[Tensor], variables: List[Tensor]) -> List[Tensor]:
            along: List[Optional[Tensor]] = []
            for slope in slopes:
                along.append(slope)
            found = torch.autograd.grad(outputs, variables, grad_outputs=along, allow_unused=True)
            gradients: List[Tensor] = []
            for gradient in found:
                if gradient is None:
                    gradients.append(torch.empty([0]))
                else:
                    gradients.append(gradient.contiguous())
            return gradients
        """);

    /// <summary>Carries the gradients of outputs back to variables, as <c>backward</c> does; an empty tensor for a
    /// variable that no output depends on. Threads may call it at once for outputs of the same variables.</summary>
    /// <param name="outputs">The outputs, each with a graph.</param>
    /// <param name="slopes">The gradient of each output.</param>
    /// <param name="variables">The variables.</param>
    /// <exception cref="ExternalException">Torch cannot compute them.</exception>
    public static Tensor[] Along(Tensor[] outputs, Tensor[] slopes, Tensor[] variables) =>
        Back.CallForList(outputs, slopes, variables);

    /// <summary>The gradients of a scalar; zeros for a tensor that it does not depend on.</summary>
    /// <param name="total">The scalar.</param>
    /// <param name="variables">The tensors that it is differentiated by.</param>
    /// <param name="keep">Whether the scalar's graph is needed again.</param>
    /// <exception cref="ExternalException">Torch cannot compute them.</exception>
    public static Tensor[] Of(Tensor total, IReadOnlyList<Tensor> variables, bool keep = false)
    {
        var gradients = variables.Select(variable => zeros_like(variable, requires_grad: false)).ToArray();
        if (total.requires_grad && variables.All(variable => variable.requires_grad))
            (keep ? Keeping : Plain).Run(total, variables.ToArray(), gradients);
        return gradients;
    }

    /// <summary>The gradient of a scalar, which can itself be differentiated.</summary>
    /// <exception cref="ExternalException">Torch cannot compute it.</exception>
    public static Tensor Differentiable(Tensor total, Tensor variable) =>
        total.requires_grad ? WithGraph.Call(total, variable) : zeros_like(variable);

    /// <summary>Adds the product of the Hessian of a scalar and a vector.</summary>
    /// <param name="total">The scalar.</param>
    /// <param name="variables">The tensors that it is differentiated by.</param>
    /// <param name="vectors">The vector in pieces of their shapes.</param>
    /// <param name="products">The sums to which the product is added, of the same shapes.</param>
    /// <exception cref="ExternalException">Torch cannot compute it.</exception>
    public static void AddProduct(Tensor total, Tensor[] variables, Tensor[] vectors, Tensor[] products)
    {
        if (total.requires_grad)
            Second.Run(total, variables, vectors, products);
    }

    /// <summary>Adds the product J' H J v of the Gauss-Newton matrix and a vector: J differentiates an output by the
    /// variables, H is the Hessian of a scalar by the output. The graphs are kept.</summary>
    /// <param name="output">The output.</param>
    /// <param name="at">The same numbers, by which the scalar was differentiated.</param>
    /// <param name="slope">The gradient of the scalar, which can itself be differentiated.</param>
    /// <param name="vectors">The vector in pieces of the variables' shapes.</param>
    /// <param name="variables">The variables.</param>
    /// <param name="products">The sums to which the product is added, of the same shapes.</param>
    /// <exception cref="ExternalException">Torch cannot compute it.</exception>
    public static void AddGaussNewtonProduct(Tensor output, Tensor at, Tensor slope, Tensor[] variables,
        Tensor[] vectors, Tensor[] products) =>
        GaussNewton.Run(output, at, slope, zeros_like(output.detach(), requires_grad: true), variables, vectors,
            products);

    /// <summary>The reason that torch gives for an error: its last sentence, without the traceback.</summary>
    public static string Reason(ExternalException error)
    {
        var lines = error.Message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var line = lines.FirstOrDefault(line => line.StartsWith("RuntimeError:", StringComparison.Ordinal))
            ?? lines.FirstOrDefault(line => line.Contains("derivative", StringComparison.Ordinal)) ?? lines[0];
        return line.Replace("RuntimeError: ", "", StringComparison.Ordinal).TrimEnd('.');
    }
}
