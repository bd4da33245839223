using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Networks;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// A layer of the student that learns the output of a layer of the teacher. Where the shapes differ, a regressor maps
/// the one to the other: a convolution of size 1 for images of the same size, else a linear layer. It learns at the
/// same time, as a player of its own.
/// </summary>
internal sealed class Hint : IDisposable
{
    private readonly Network student;
    private readonly Network teacher;
    private readonly int from;
    private readonly int to;
    private readonly ForwardContext context;

    /// <param name="student">The student.</param>
    /// <param name="teacher">The teacher.</param>
    /// <param name="names">The names of the layers.</param>
    /// <param name="context">Precision and random numbers of the student's layers.</param>
    /// <param name="seed">The seed of the regressor's parameters.</param>
    /// <exception cref="DlException"><c>HintLayer</c>: there is no layer of that name.</exception>
    public Hint(Network student, Network teacher, HintOptions names, ForwardContext context, int seed)
    {
        (this.student, this.teacher, this.context) = (student, teacher, context);
        (from, to) = (Find(student, names.Student, "student"), Find(teacher, names.Teacher, "teacher"));
        var (own, taught) = (student.Nodes[from].OutputShape, teacher.Nodes[to].OutputShape);
        if (own.Equals(taught))
            return;
        Layer[] layers = own.Rank == 3 && taught.Rank == 3 && own[1] == taught[1] && own[2] == taught[2]
            ? [new Conv2d { Filters = (int)taught[0], KernelSize = 1 }]
            : [new Flatten(), new Dense { Units = (int)taught.Size }];
        Regressor = new Network(layers, own, seed);
        Regressor.MoveTo(student.Parameters[0].Value.device);
    }

    /// <summary>Maps the student's output to the teacher's shape; null: they have the same.</summary>
    public Network? Regressor { get; }

    /// <summary>Half the mean squared difference of both layers' outputs, a scalar.</summary>
    /// <param name="nodes">The outputs of the student's layers.</param>
    /// <param name="batch">The samples.</param>
    public Tensor Distance(IReadOnlyList<Tensor> nodes, Batch batch)
    {
        Tensor taught;
        using (no_grad())
            taught = teacher.ForwardNodes(batch.Inputs, ForwardContext.Inference)[to];
        var own = context.Exact(nodes[from]);
        if (Regressor is not null)
            own = Regressor.Forward(own, ForwardContext.Inference).reshape(taught.shape);
        return own.sub(taught).square().mean().mul(0.5);
    }

    /// <summary>The same, for the regressor: the student stays as it is.</summary>
    public Tensor Distance(Batch batch)
    {
        IReadOnlyList<Tensor> nodes;
        using (no_grad())
            nodes = student.ForwardNodes(batch.Inputs, ForwardContext.Inference);
        return Distance(nodes, batch);
    }

    public void Dispose() => Regressor?.Dispose();

    private static int Find(Network network, string name, string role) => network.Nodes.Index()
        .Where(node => string.Equals(node.Item.Name, name, StringComparison.OrdinalIgnoreCase))
        .Select(node => node.Index).DefaultIfEmpty(-1).First() is var index and >= 0 ? index
        : throw new DlException("HintLayer", DlErrorKind.NotFound,
            $"The {role} has no layer '{name}'. Layers: {string.Join(", ", network.Nodes.Select(node => node.Name))}.",
            name);
}

/// <summary>The objective of a hint's regressor.</summary>
internal sealed class HintObjective(Hint hint) : Objective
{
    /// <inheritdoc/>
    public override ObjectiveValue Compute(Batch batch)
    {
        var loss = hint.Distance(batch);
        return new ObjectiveValue(loss, loss, loss);
    }
}
