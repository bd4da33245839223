using DeepPS.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// The curvature of a layer's weight and bias as the Kronecker product of two small matrices: A, the mean product of
/// its inputs (with a 1 for the bias), and G, that of the gradients of its outputs.
/// </summary>
/// <param name="weight">The weight, as a matrix (outputs, inputs).</param>
/// <param name="bias">The bias; null: none.</param>
internal sealed class KroneckerBlock(Parameter weight, Parameter? bias) : IDisposable
{
    private static readonly string[] Names = ["A", "G", "A_inverse", "G_inverse", "momentum_buffer"];
    private readonly Tensor?[] state = new Tensor?[Names.Length];
    private Tensor? inputs;
    private Tensor? outputs;
    private long samples;
    private long averaged;

    /// <summary>The parameters of the block.</summary>
    public IEnumerable<Parameter> Parameters => bias is null ? [weight] : [weight, bias];

    /// <summary>The moving averages of A and G; null before the first step.</summary>
    public (Tensor? A, Tensor? G) Averages => (state[0], state[1]);

    /// <summary>Whether it has inverses.</summary>
    public bool HasInverses => state[2] is not null;

    /// <summary>Whether it can take a step.</summary>
    public bool IsReady => HasInverses && weight.Value.grad is not null;

    /// <summary>Adds a batch of the step.</summary>
    /// <param name="factors">(samples, places, inputs).</param>
    /// <param name="gradients">The gradients of a sum over the samples: (samples, places, outputs).</param>
    /// <remarks>Places count as independent: Grosse and Martens, A Kronecker-factored approximate Fisher matrix for
    /// convolution layers (2016), (25) and (26).</remarks>
    public void Add(Tensor factors, Tensor gradients)
    {
        using var scope = NewDisposeScope();
        var places = factors.shape[1];
        samples += factors.shape[0];
        factors = factors.reshape(-1, factors.shape[2]);
        if (bias is not null)
            factors = cat([factors, ones(factors.shape[0], 1, device: factors.device)], 1);
        gradients = gradients.reshape(-1, gradients.shape[2]);
        Sum(ref inputs, factors.t().matmul(factors));
        Sum(ref outputs, gradients.t().matmul(gradients).div(places));
    }

    /// <summary>Forgets the batches of the step.</summary>
    public void Clear()
    {
        inputs?.Dispose();
        outputs?.Dispose();
        (inputs, outputs, samples) = (null, null, 0);
    }

    /// <summary>Moves the averages towards the means of the step.</summary>
    /// <param name="kept">The fraction that is kept, in the first steps less.</param>
    public void Average(double kept)
    {
        if (samples == 0)
            return;
        averaged++;
        kept = Math.Min(1 - 1.0 / averaged, kept);
        foreach (var (i, sum) in new[] { inputs!, outputs! }.Index())
        {
            state[i] ??= zeros_like(sum).DetachFromDisposeScope();
            state[i]!.mul_(kept).add_(sum, (1 - kept) / samples);
        }

        Clear();
    }

    /// <summary>Computes the inverses of both averages with damping: A + pi sqrt(d) I and G + sqrt(d) / pi I, where
    /// pi^2 is the ratio of their mean eigenvalues. Martens and Grosse (2015), 6.3.</summary>
    public void Invert(double damping)
    {
        if (state[0] is not { } a || state[1] is not { } g)
            return;
        using var scope = NewDisposeScope();
        var (wide, high) = (a.trace().ToDouble() / a.shape[0], g.trace().ToDouble() / g.shape[0]);
        if (!double.IsFinite(wide) || !double.IsFinite(high))
            throw new DivergedException("FactorsNotFinite",
                $"The inputs of the layer of '{weight.Name}' or the gradients of its outputs became NaN or infinite. "
                + "Use a smaller -LearningRate, and look for extreme values in the data.", weight.Name);
        var ratio = wide > 0 && high > 0 ? Math.Sqrt(wide / high) : 1;
        Keep(2, Inverse(a, ratio * Math.Sqrt(damping)));
        Keep(3, Inverse(g, Math.Sqrt(damping) / ratio));
    }

    /// <summary>The gradient as a matrix (outputs, inputs), the bias last, with weight decay.</summary>
    public Tensor Gradient(double decay)
    {
        var matrix = Matrix(weight.Value.grad!, weight.Value);
        return bias?.Value.grad is { } gradient ? cat([matrix, Matrix(gradient, bias.Value)], 1)
            : bias is null ? matrix : cat([matrix, zeros_like(bias.Value.detach()).reshape(-1, 1)], 1);

        Tensor Matrix(Tensor slope, Tensor value) => slope.add(value, decay).reshape(value.shape[0], -1);
    }

    /// <summary>The gradient times the inverse curvature: G^-1 V A^-1.</summary>
    public Tensor Direction(Tensor gradient) => state[3]!.matmul(gradient).matmul(state[2]!);

    /// <summary>Takes a step along a direction with momentum.</summary>
    public void Move(Tensor direction, double momentum, double rate)
    {
        state[4] ??= zeros_like(direction).DetachFromDisposeScope();
        state[4]!.mul_(momentum).add_(direction);
        var count = weight.Size / weight.Value.shape[0];
        weight.Value.add_(state[4]!.narrow(1, 0, count).reshape(weight.Value.shape), -rate);
        bias?.Value.add_(state[4]!.narrow(1, count, 1).reshape(bias.Value.shape), -rate);
    }

    /// <summary>The state by name.</summary>
    public IEnumerable<(string Name, Tensor Value)> Save() => averaged == 0 ? []
        : Names.Zip(state).Where(pair => pair.Second is not null)
            .Select(pair => ($"{weight.Name}.{pair.First}", pair.Second!))
            .Prepend(($"{weight.Name}.averaged", tensor(averaged)));

    /// <summary>Restores the state that <see cref="Save"/> returned, if the file has it.</summary>
    public bool Load(OptimizerFile file)
    {
        Dispose();
        if (!file.Has($"{weight.Name}.averaged"))
            return false;
        averaged = file.Take($"{weight.Name}.averaged", []).ToInt64();
        var (rows, columns) = (weight.Value.shape[0], weight.Size / weight.Value.shape[0] + (bias is null ? 0 : 1));
        foreach (var (i, name) in Names.Index())
            if (file.Has($"{weight.Name}.{name}"))
                state[i] = file.Take($"{weight.Name}.{name}", i == 4 ? [rows, columns]
                    : i % 2 == 0 ? [columns, columns] : [rows, rows])
                    .to(weight.Value.device, copy: true).DetachFromDisposeScope();
        return true;
    }

    /// <summary>Frees the state: the next step is the first.</summary>
    public void Dispose()
    {
        Clear();
        averaged = 0;
        foreach (var i in Enumerable.Range(0, state.Length))
            Keep(i, null);
    }

    private static void Sum(ref Tensor? sum, Tensor value)
    {
        if (sum is null)
            sum = value.DetachFromDisposeScope();
        else
            sum.add_(value);
    }

    /// <remarks>Contiguous, as after loading: the order of the numbers changes the last digits of products.</remarks>
    private static Tensor Inverse(Tensor matrix, double damping) =>
        linalg.inv(matrix.to(ScalarType.Float64)
            .add(eye(matrix.shape[0], dtype: ScalarType.Float64, device: matrix.device), damping))
            .to(matrix.dtype).contiguous();

    private void Keep(int index, Tensor? value)
    {
        state[index]?.Dispose();
        state[index] = value?.DetachFromDisposeScope();
    }
}
