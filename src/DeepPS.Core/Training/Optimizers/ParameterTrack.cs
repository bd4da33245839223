using DeepPS.Layers;
using DeepPS.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>One parameter's way through a training: its rule, its steps and what is kept between them.</summary>
internal sealed class ParameterTrack(ElementwiseOptimizer rule, Parameter parameter) : IDisposable
{
    /// <summary>How many numbers a thread takes at a time: ten microseconds of work or so, whole cache lines.</summary>
    private const int Stretch = 1 << 14;

    private const string CountName = "step";
    private readonly double[] memory = new double[rule.MemoryNames.Count];
    private long count;

    /// <summary>The rule as the parameter's layer asks for it. Parameters of equal rules share one object.</summary>
    public ElementwiseOptimizer Rule => rule;

    /// <summary>The parameter's tensor.</summary>
    public Tensor Value => parameter.Value;

    /// <summary>The rule's tensors, contiguous, in the order of its names; none before the first step.</summary>
    public Tensor[] State { get; private set; } = [];

    /// <summary>Begins the next step.</summary>
    /// <param name="factor">The factor on the learning rate.</param>
    public RuleStep Next(double factor)
    {
        var step = new RuleStep(rule.LearningRate * factor, ++count, memory);
        if (count == 1)
            Begin(step.LearningRate);
        return step;
    }

    /// <summary>
    /// Takes a step by our loop over CPU memory. Several threads share a large parameter; each number is computed as it
    /// would be by one thread alone.
    /// </summary>
    public void Loop(Tensor gradient, RuleStep step)
    {
        var (value, length) = (Value, (int)Value.numel());
        var share = LoopTeam.Threads == 1 ? length : Stretch;
        LoopTeam.Run((length + share - 1) / Math.Max(1, share), piece =>
        {
            var stretch = (piece * share)..Math.Min(length, (piece + 1) * share);
            rule.UpdateFused(CpuMemory.Floats(value)[stretch], CpuMemory.Floats(gradient)[stretch],
                new FusedState(State, stretch), step);
        });
        rule.Remember(step);
    }

    /// <summary>Lets go of the steps so far.</summary>
    public void Forget()
    {
        count = 0;
        Array.Clear(memory);
    }

    /// <summary>What is kept, by name.</summary>
    public IEnumerable<(string Name, Tensor Value)> Save()
    {
        if (count == 0)
            yield break;
        yield return (Name(CountName), tensor(count));
        foreach (var (name, value) in rule.StateNames.Zip(State))
            yield return (Name(name), value);
        foreach (var (name, value) in rule.MemoryNames.Zip(memory))
            yield return (Name(name), tensor(value));
    }

    /// <summary>Takes over what <see cref="Save"/> gave.</summary>
    public void Load(OptimizerFile file)
    {
        count = file.Has(Name(CountName)) ? file.Take(Name(CountName), []).ToInt64() : 0;
        if (count == 0)
            return;
        Begin(0);
        foreach (var (name, value) in rule.StateNames.Zip(State))
            value.copy_(file.Take(Name(name), value.shape));
        for (var i = 0; i < memory.Length; i++)
            memory[i] = file.Take(Name(rule.MemoryNames[i]), []).ToDouble();
    }

    /// <summary>Frees the state.</summary>
    public void Dispose()
    {
        foreach (var tensor in State)
            tensor.Dispose();
    }

    private string Name(string state) => $"{parameter.Name}.{state}";

    private void Begin(double learningRate)
    {
        Dispose();
        var (shape, type, device) = (Value.shape, Value.dtype, Value.device);
        State = rule.StateNames.Select((_, i) =>
            full(shape, rule.Initial(i, learningRate), type, device).DetachFromDisposeScope()).ToArray();
    }
}
