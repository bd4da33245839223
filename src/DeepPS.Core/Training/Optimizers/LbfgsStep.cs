using DeepPS.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>Takes the steps of <see cref="LBFGS"/> as PyTorch does, with all parameters as one vector.</summary>
internal sealed class LbfgsStep(LBFGS settings, IReadOnlyList<Parameter> parameters)
    : OptimizerStep(settings, parameters)
{
    private readonly CurvatureMemory memory = new(settings.HistorySize);
    private long iterations;
    private double length;
    private Tensor? direction;
    private Tensor? gradientBefore;

    private long Size => Parameters.Sum(parameter => parameter.Size);

    /// <inheritdoc/>
    public override void Step(Func<Tensor>? evaluate = null)
    {
        ArgumentNullException.ThrowIfNull(evaluate);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var point = Evaluate(evaluate);
        Count++;
        var evaluations = 1;
        var limit = settings.Evaluations ?? settings.Iterations * 5 / 4;
        for (var i = 1; i <= settings.Iterations && Largest(point.Gradient) > settings.GradientTolerance; i++)
        {
            using var inner = NewDisposeScope();
            Turn(point.Gradient);
            var before = point with { Slope = point.Gradient.dot(direction!).ToDouble() };
            if (before.Slope > -settings.ChangeTolerance)
                break;
            var reach = Largest(direction!);
            if (settings.LineSearch == LineSearch.StrongWolfe)
            {
                var here = Parameters.Select(parameter => parameter.Value.clone()).ToArray();
                var found = StrongWolfe.Search(t => Try(evaluate, here, t), length, before,
                    settings.ChangeTolerance / reach);
                (point, length) = (found.Point, found.Length);
                evaluations += found.Evaluations;
                Move(length);
            }
            else
            {
                Move(length);
                // Not after the last one: the next step evaluates its own batch.
                if (i < settings.Iterations)
                    (point, evaluations) = (Evaluate(evaluate), evaluations + 1);
            }

            if (evaluations >= limit || reach * Math.Abs(length) <= settings.ChangeTolerance
                || (i < settings.Iterations && Math.Abs(point.Loss - before.Loss) < settings.ChangeTolerance))
                break;
            point.Gradient.MoveToOuterDisposeScope();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        memory.Dispose();
        direction?.Dispose();
        gradientBefore?.Dispose();
    }

    private protected override void Forget()
    {
        Dispose();
        (iterations, length, direction, gradientBefore) = (0, 0, null, null);
    }

    private protected override IEnumerable<(string Name, Tensor Value)> State() => iterations == 0 ? [] :
    [
        ("n_iter", tensor(iterations)), ("t", tensor(length)), ("d", direction!), ("prev_flat_grad", gradientBefore!),
        .. memory.Save(),
    ];

    private protected override void Restore(OptimizerFile file)
    {
        Forget();
        iterations = file.Has("n_iter") ? file.Take("n_iter", []).ToInt64() : 0;
        if (iterations == 0)
            return;
        length = file.Take("t", []).ToDouble();
        direction = Kept("d");
        gradientBefore = Kept("prev_flat_grad");
        memory.Load(file, Kept);

        Tensor Kept(string name) =>
            file.Take(name, [Size]).to(Parameters[0].Value.device, copy: true).DetachFromDisposeScope();
    }

    /// <summary>Computes the next direction, and the first length to try.</summary>
    private void Turn(Tensor gradient)
    {
        if (++iterations == 1)
        {
            direction = gradient.neg();
            length = Math.Min(1, 1 / gradient.abs().sum().ToDouble()) * LearningRate;
        }
        else
        {
            memory.Add(gradient.sub(gradientBefore!), direction!.mul(length));
            direction.Dispose();
            direction = memory.Bend(gradient.neg());
            length = LearningRate;
        }

        direction.DetachFromDisposeScope();
        gradientBefore?.Dispose();
        gradientBefore = gradient.DetachFromDisposeScope();
    }

    /// <summary>Loss and gradient at a length along the direction. The parameters are restored.</summary>
    private LinePoint Try(Func<Tensor> evaluate, Tensor[] here, double t)
    {
        Move(t);
        var point = Evaluate(evaluate);
        foreach (var (parameter, value) in Parameters.Zip(here))
            parameter.Value.copy_(value);
        return point with { Slope = point.Gradient.dot(direction!).ToDouble() };
    }

    private LinePoint Evaluate(Func<Tensor> evaluate)
    {
        double loss;
        using (enable_grad())
            loss = evaluate().ToDouble();
        return new LinePoint(loss, cat(Parameters.Select(Flat).ToArray()));
    }

    private static Tensor Flat(Parameter parameter) =>
        (parameter.Value.grad ?? zeros_like(parameter.Value)).reshape(-1);

    private void Move(double t)
    {
        long first = 0;
        foreach (var parameter in Parameters)
        {
            parameter.Value.add_(direction!.narrow(0, first, parameter.Size).view(parameter.Value.shape), t);
            first += parameter.Size;
        }
    }

    // Torch does not vectorise the norm of order infinity: it takes ten times as long.
    private static double Largest(Tensor vector) => vector.abs().max().ToDouble();
}
