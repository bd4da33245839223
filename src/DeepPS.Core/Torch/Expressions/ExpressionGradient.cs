using System.Runtime.InteropServices;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Torch;

/// <summary>The derivatives of an expression by one number of a variable.</summary>
/// <param name="Variable">The place of the variable among those of the expression.</param>
/// <param name="Place">The place of the number in the variable; empty for a single number.</param>
/// <param name="At">The number.</param>
/// <param name="Gradient">The first derivative.</param>
/// <param name="Second">The second derivatives by this number and each one of all variables; empty unless asked for.
/// </param>
public sealed record ExpressionDerivative(int Variable, long[] Place, double At, double Gradient, double[] Second);

/// <summary>Computes the gradients of an expression.</summary>
public static class ExpressionGradient
{
    /// <summary>The derivatives by each number of each variable. An expression of several numbers is summed.</summary>
    /// <param name="tape">The tape of the expression.</param>
    /// <param name="expression">The expression's result.</param>
    /// <param name="variables">The variables.</param>
    /// <param name="second">Whether to compute second derivatives too.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="DlException"><c>NoGradient</c>: torch has no derivative of an operation.</exception>
    public static IReadOnlyList<ExpressionDerivative> Of(GradientTape tape, DlTensor expression,
        IReadOnlyList<DlTensor> variables, bool second, CancellationToken cancel = default)
    {
        foreach (var tensor in variables.Append(expression))
            tape.Check(tensor);
        using var turn = ThreadTurn.Take(1);
        using var scope = NewDisposeScope();
        try
        {
            var total = expression.Value.sum();
            var values = variables.Select(variable => variable.Value).ToArray();
            var gradients = second ? values.Select(value => Gradients.Differentiable(total, value)).ToArray()
                : Gradients.Of(total, values);
            return variables.SelectMany((variable, i) =>
            {
                var at = variable.ToNumbers();
                var first = Numbers(gradients[i]);
                return at.Select((number, place) => new ExpressionDerivative(i, PlaceOf(place, variable.Shape), number,
                    first[place], second ? Row(gradients[i].flatten()[place], values, cancel) : [])).ToArray();
            }).ToArray();
        }
        catch (ExternalException e)
        {
            throw new DlException("NoGradient", DlErrorKind.InvalidOperation,
                "An operation of the expression has no derivative of this order. Use -Order 1, or other operations.",
                null, e);
        }
    }

    /// <summary>A row of the Hessian.</summary>
    private static double[] Row(Tensor gradient, Tensor[] values, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        using var scope = NewDisposeScope();
        return values.SelectMany(value => Numbers(Gradients.Differentiable(gradient, value))).ToArray();
    }

    /// <summary>The numbers of a tensor. Torch's derivative of a constant may be a tensor without memory, which only
    /// copying can read.</summary>
    private static double[] Numbers(Tensor tensor) =>
        zeros(tensor.shape, dtype: ScalarType.Float64).copy_(tensor.detach()).data<double>().ToArray();

    private static long[] PlaceOf(long number, Shape shape)
    {
        var place = new long[shape.Rank];
        for (var axis = shape.Rank - 1; axis >= 0; axis--)
            (number, place[axis]) = Math.DivRem(number, shape[axis]);
        return place;
    }
}
