using DeepPS.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>Takes the steps of <see cref="NaturalGradient"/>. It has no state besides the number of steps.</summary>
internal sealed class NaturalGradientStep(NaturalGradient settings, IReadOnlyList<Parameter> parameters)
    : OptimizerStep(settings, parameters)
{
    /// <summary>The products with the curvature of the step's batches; null: the curvature is 1.</summary>
    public GaussNewtonProduct? Product { get; set; }

    /// <summary>The number of iterations of the last step.</summary>
    public int Iterations { get; private set; }

    /// <inheritdoc/>
    public override void Step(Func<Tensor>? evaluate = null)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        try
        {
            Evaluate(evaluate);
            Count++;
            var moved = Parameters.Where(parameter => parameter.Value.grad is not null).ToArray();
            if (moved.Length == 0)
                return;
            var gradient = FlatVector.Of(moved.Select(
                parameter => parameter.Value.grad!.add(parameter.Value, settings.WeightDecay)));
            var direction = Direction(gradient, moved);
            direction.mul_(-LearningRate * Shortening(gradient.dot(direction).ToDouble()));
            foreach (var (parameter, change) in moved.Zip(FlatVector.Pieces(direction, moved)))
                parameter.Value.add_(change);
        }
        finally
        {
            Product?.Dispose();
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => Product?.Dispose();

    private protected override void Forget()
    {
    }

    private protected override IEnumerable<(string Name, Tensor Value)> State() => [];

    private protected override void Restore(OptimizerFile file)
    {
    }

    private void Evaluate(Func<Tensor>? evaluate)
    {
        if (Product is not null)
            Product.IsOn = true;
        try
        {
            using (enable_grad())
                evaluate?.Invoke();
        }
        finally
        {
            if (Product is not null)
                Product.IsOn = false;
        }
    }

    private Tensor Direction(Tensor gradient, Parameter[] moved)
    {
        if (Product is null)
            return gradient.clone();
        Product.Prepare();
        var (direction, iterations) = ConjugateGradient.Solve(
            vector => Product.Of(vector, moved).add(vector, settings.Damping), gradient, settings.Iterations,
            settings.Tolerance);
        Iterations = iterations;
        return direction;
    }

    /// <summary>The factor that keeps the step within the limit: min(1, sqrt(KLClip / (rate^2 g' F^-1 g))).</summary>
    private double Shortening(double product)
    {
        var change = Math.Abs(product) * LearningRate * LearningRate;
        return settings.KLClip == 0 || change <= settings.KLClip || Product is null ? 1
            : Math.Sqrt(settings.KLClip / change);
    }
}
