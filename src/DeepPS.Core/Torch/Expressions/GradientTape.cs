using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Torch;

/// <summary>Keeps the tensors of an expression until its gradients are computed, and frees them.</summary>
public sealed class GradientTape : IDisposable
{
    private readonly List<Tensor> kept = [];
    private bool isOver;

    /// <summary>Starts libtorch.</summary>
    public GradientTape() => TorchRuntime.Ensure();

    /// <summary>A variable: gradients by its numbers can be computed.</summary>
    /// <param name="sizes">Its sizes; empty for a single number.</param>
    /// <param name="values">Its numbers, the last axis fastest.</param>
    public DlTensor Variable(long[] sizes, double[] values) =>
        new(this, Make(() => tensor(values, sizes).requires_grad_()));

    /// <summary>A constant.</summary>
    internal DlTensor Constant(long[] sizes, double[] values) => new(this, Make(() => tensor(values, sizes)));

    /// <summary>The result of an operation.</summary>
    /// <param name="name">Its name, for errors.</param>
    /// <param name="inputs">The tensors that it takes.</param>
    /// <param name="needs">The shapes that it needs, in words; null: these fit. Some of TorchSharp's operations end the
    /// process if torch refuses a shape.</param>
    /// <param name="operation">The operation.</param>
    /// <exception cref="DlException"><c>TensorShapes</c>: the shapes do not fit; <c>TensorFreed</c>.</exception>
    internal DlTensor Result(string name, IReadOnlyList<DlTensor> inputs, string? needs,
        Func<Tensor[], Tensor> operation)
    {
        foreach (var input in inputs)
            Check(input);
        return needs is null ? new DlTensor(this, Make(() => operation(inputs.Select(input => input.Value).ToArray())))
            : throw new DlException("TensorShapes", DlErrorKind.InvalidArgument,
                $"{name} cannot take {string.Join(" and ", inputs.Select(input => input.Shape.Rank == 0
                    ? "a single number" : $"a tensor of shape {input.Shape}"))}. It needs {needs}.");
    }

    /// <summary>Refuses a tensor of another expression, or of one that has ended.</summary>
    internal void Check(DlTensor tensor)
    {
        if (isOver || tensor.Tape != this)
            throw new DlException("TensorFreed", DlErrorKind.InvalidOperation,
                "The tensor belongs to an expression that has ended. Keep numbers of it instead: $x.ToNumbers().");
    }

    /// <summary>Frees all tensors.</summary>
    public void Dispose()
    {
        isOver = true;
        foreach (var tensor in kept)
            tensor.Dispose();
        kept.Clear();
    }

    private Tensor Make(Func<Tensor> make)
    {
        using var turn = ThreadTurn.Take(1);
        using var scope = NewDisposeScope();
        var made = make().DetachFromDisposeScope();
        kept.Add(made);
        return made;
    }
}
