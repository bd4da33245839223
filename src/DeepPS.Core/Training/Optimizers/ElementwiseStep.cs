using DeepPS.Layers;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// Takes the steps of an elementwise rule: with our loop for parameters in CPU memory, and otherwise with one call of
/// torch over all parameters of a rule.
/// </summary>
internal sealed class ElementwiseStep : OptimizerStep
{
    private readonly ParameterTrack[] tracks;
    private readonly bool together;

    /// <summary>Begins without state; that of a parameter is created with its first gradient.</summary>
    /// <param name="optimizer">The rule.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="together">Whether to use torch on the CPU too.</param>
    public ElementwiseStep(ElementwiseOptimizer optimizer, IReadOnlyList<Parameter> parameters, bool together = false)
        : base(optimizer, parameters)
    {
        this.together = together;
        var rules = new Dictionary<ElementwiseOptimizer, ElementwiseOptimizer>();
        tracks = parameters
            .Select(parameter => new ParameterTrack(Shared(RuleOf(optimizer, parameter)), parameter)).ToArray();

        ElementwiseOptimizer Shared(ElementwiseOptimizer rule) => rules.TryAdd(rule, rule) ? rule : rules[rule];
    }

    /// <summary>Whether our loop, and not torch, takes the step of a parameter.</summary>
    public static bool Loops(Tensor value, Tensor gradient) =>
        CpuMemory.HasFloats(value) && !gradient.is_sparse && CpuMemory.HasFloats(gradient);

    /// <inheritdoc/>
    public override void Step(Func<Tensor>? evaluate = null)
    {
        evaluate?.Invoke();
        Count++;
        using var noGradient = no_grad();
        var batches = new List<StepBatch>();
        try
        {
            foreach (var track in tracks)
                if (track.Value.grad is { } gradient)
                    Take(track, gradient, batches);
            foreach (var batch in batches)
                batch.Run();
        }
        finally
        {
            foreach (var batch in batches)
                batch.Dispose();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (var track in tracks)
            track.Dispose();
    }

    private protected override void Forget()
    {
        foreach (var track in tracks)
            track.Forget();
    }

    private protected override IEnumerable<(string Name, Tensor Value)> State() =>
        tracks.SelectMany(track => track.Save());

    private protected override void Restore(OptimizerFile file)
    {
        foreach (var track in tracks)
            track.Load(file);
    }

    /// <summary>The rule with the weight decay and learning rate of the parameter's layer.</summary>
    private static ElementwiseOptimizer RuleOf(ElementwiseOptimizer optimizer, Parameter parameter)
    {
        var rule = parameter.WeightDecay is { } decay ? optimizer.WithWeightDecay(decay) : optimizer;
        var rate = parameter.LearningRate ?? rule.LearningRate * parameter.LearningRateFactor;
        return rule.LearningRate == rate ? rule : rule with { LearningRate = rate };
    }

    /// <summary>Takes a parameter's step with our loop, or adds it to a batch for torch.</summary>
    private void Take(ParameterTrack track, Tensor gradient, List<StepBatch> batches)
    {
        var step = track.Next(Factor);
        if (!together && Loops(track.Value, gradient))
        {
            using (gradient)
                track.Loop(gradient, step);
            return;
        }

        var batch = batches.Find(batch => batch.Takes(track.Rule, step, track.Value));
        if (batch is null)
            batches.Add(batch = new StepBatch(track.Rule, step, track.Value));
        batch.Add(track, gradient, step);
    }
}
