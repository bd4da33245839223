using DeepPS.Layers;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>Takes the steps of <see cref="KFAC"/>.</summary>
internal sealed class KfacStep(KFAC settings, IReadOnlyList<Parameter> parameters)
    : OptimizerStep(settings, parameters)
{
    private OptimizerStep? others;

    /// <summary>Records the layers' products; null: none is recorded.</summary>
    public KroneckerRecorder? Recorder { get; set; }

    private IEnumerable<KroneckerBlock> Blocks => Recorder?.Blocks.Values.AsEnumerable() ?? [];

    /// <inheritdoc/>
    public override void Step(Func<Tensor>? evaluate = null)
    {
        Evaluate(evaluate);
        Count++;
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        foreach (var block in Blocks)
        {
            block.Average(settings.FactorDecay);
            if ((Count - 1) % settings.InverseEvery == 0 || !block.HasInverses)
                block.Invert(settings.Damping);
        }

        var moves = Blocks.Where(block => block.IsReady).Select(block =>
        {
            var gradient = block.Gradient(settings.WeightDecay);
            return (Block: block, Gradient: gradient, Direction: block.Direction(gradient));
        }).ToArray();
        var shortening = Shortening(moves.Select(move => move.Direction.mul(move.Gradient).sum()).ToArray());
        foreach (var (block, _, direction) in moves)
            block.Move(direction.mul(shortening), settings.Momentum, LearningRate);
        others ??= Others();
        others.Factor = Factor;
        others.Step();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (var block in Blocks)
            block.Dispose();
        others?.Dispose();
    }

    private protected override void Forget()
    {
        Dispose();
        others = null;
    }

    private protected override IEnumerable<(string Name, Tensor Value)> State() =>
        [.. Blocks.SelectMany(block => block.Save()), .. others?.Part() ?? []];

    private protected override void Restore(OptimizerFile file)
    {
        Forget();
        if (Recorder is not null)
            foreach (var parameter in Parameters.Where(parameter => parameter.Value.ndim >= 2))
                if (!Recorder.BlockOf(parameter).Load(file))
                    Recorder.Blocks.Remove(parameter.Name);
        if (file.Count == 0)
            return;
        others = Others();
        others.Restore(file, file.Count);
    }

    /// <summary>Computes the gradients, with the products of the layers in the steps that measure them.</summary>
    private void Evaluate(Func<Tensor>? evaluate)
    {
        foreach (var block in Blocks)
            block.Clear();
        if (Recorder is not null)
            Recorder.IsOn = Count % settings.FactorEvery == 0;
        try
        {
            evaluate?.Invoke();
        }
        finally
        {
            if (Recorder is not null)
                Recorder.IsOn = false;
        }
    }

    /// <summary>Adam for the parameters without a block.</summary>
    private ElementwiseStep Others()
    {
        var own = Blocks.SelectMany(block => block.Parameters).ToHashSet();
        var rule = new Adam { LearningRate = settings.AdamLearningRate, WeightDecay = settings.WeightDecay };
        return new ElementwiseStep(rule, Parameters.Where(parameter => !own.Contains(parameter)).ToArray());
    }

    /// <summary>The factor that keeps the step within the limit: min(1, sqrt(KLClip / (rate^2 sum V' F^-1 V))).
    /// </summary>
    private Tensor Shortening(Tensor[] products)
    {
        if (products.Length == 0 || settings.KLClip == 0 || LearningRate == 0)
            return tensor(1f, device: Parameters[0].Value.device);
        var change = stack(products).sum().abs().mul(LearningRate * LearningRate);
        return change.clamp_min(1e-30).reciprocal().mul(settings.KLClip).sqrt().clamp_max(1);
    }
}
