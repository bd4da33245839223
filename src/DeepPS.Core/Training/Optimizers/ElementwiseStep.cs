using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS;

/// <summary>Takes the steps of an elementwise rule: of each parameter by itself, fused where its memory can be reached.</summary>
internal sealed class ElementwiseStep : OptimizerStep
{
    /// <summary>How many numbers a thread takes at a time: some ten microseconds of work, and whole cache lines.</summary>
    private const int Stretch = 1 << 14;

    private const string CountName = "step";
    private readonly Track[] tracks;

    /// <summary>Begins without state: a parameter's is made with its first gradient.</summary>
    public ElementwiseStep(ElementwiseOptimizer optimizer, IReadOnlyList<Parameter> parameters) : base(optimizer, parameters) =>
        tracks = parameters.Select(parameter => new Track(RuleOf(optimizer, parameter), parameter)).ToArray();

    /// <inheritdoc/>
    public override void Step(Func<Tensor>? evaluate = null)
    {
        evaluate?.Invoke();
        Count++;
        using var noGradient = no_grad();
        foreach (var track in tracks)
        {
            using var gradient = track.Parameter.Value.grad;
            if (gradient is not null)
                track.Step(gradient, Factor);
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

    private protected override IEnumerable<(string Name, Tensor Value)> State() => tracks.SelectMany(track => track.Save());

    private protected override void Restore(OptimizerFile file)
    {
        foreach (var track in tracks)
            track.Load(file);
    }

    /// <summary>The rule with what the parameter's layer asks for itself.</summary>
    private static ElementwiseOptimizer RuleOf(ElementwiseOptimizer optimizer, Parameter parameter)
    {
        var rule = parameter.WeightDecay is { } decay ? optimizer.WithWeightDecay(decay) : optimizer;
        return parameter.LearningRate is { } rate ? rule with { LearningRate = rate } : rule;
    }

    /// <summary>One parameter's way: its rule, its steps and what is kept between them.</summary>
    private sealed class Track(ElementwiseOptimizer rule, Parameter parameter) : IDisposable
    {
        private readonly double[] memory = new double[rule.MemoryNames.Count];
        private Tensor[] state = [];
        private long count;

        public Parameter Parameter { get; } = parameter;

        public void Step(Tensor gradient, double factor)
        {
            var step = new RuleStep(rule.LearningRate * factor, ++count, memory);
            if (count == 1)
                Begin(step.LearningRate);
            var value = Parameter.Value;
            if (CpuMemory.HasFloats(value) && CpuMemory.HasFloats(gradient))
                StepFused(value, gradient, step);
            else
                rule.Update(value, gradient, state, step);
            rule.Remember(step);
        }

        public void Forget()
        {
            count = 0;
            Array.Clear(memory);
        }

        public IEnumerable<(string Name, Tensor Value)> Save()
        {
            if (count == 0)
                yield break;
            yield return (Name(CountName), tensor(count));
            foreach (var (name, value) in rule.StateNames.Zip(state))
                yield return (Name(name), value);
            foreach (var (name, value) in rule.MemoryNames.Zip(memory))
                yield return (Name(name), tensor(value));
        }

        public void Load(OptimizerFile file)
        {
            count = file.Has(Name(CountName)) ? file.Take(Name(CountName), []).ToInt64() : 0;
            if (count == 0)
                return;
            Begin(0);
            foreach (var (name, value) in rule.StateNames.Zip(state))
                value.copy_(file.Take(Name(name), value.shape));
            for (var i = 0; i < memory.Length; i++)
                memory[i] = file.Take(Name(rule.MemoryNames[i]), []).ToDouble();
        }

        public void Dispose()
        {
            foreach (var tensor in state)
                tensor.Dispose();
        }

        private string Name(string state) => $"{Parameter.Name}.{state}";

        private void Begin(double learningRate)
        {
            Dispose();
            state = rule.StateNames.Select((_, i) =>
                full_like(Parameter.Value.detach(), rule.Initial(i, learningRate)).DetachFromDisposeScope()).ToArray();
        }

        /// <summary>Several threads share a large parameter; each number is computed as it would be by one thread alone.</summary>
        private void StepFused(Tensor value, Tensor gradient, RuleStep step)
        {
            var length = (int)value.numel();
            var share = LoopTeam.Threads == 1 ? length : Stretch;
            LoopTeam.Run((length + share - 1) / Math.Max(1, share), piece =>
            {
                var stretch = (piece * share)..Math.Min(length, (piece + 1) * share);
                rule.UpdateFused(CpuMemory.Floats(value)[stretch], CpuMemory.Floats(gradient)[stretch],
                    new FusedState(state, stretch), step);
            });
        }
    }
}
