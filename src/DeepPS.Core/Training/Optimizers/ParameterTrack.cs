using DeepPS.Layers;
using DeepPS.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>One parameter in a training: its rule, its step count and its state.</summary>
internal sealed class ParameterTrack(ElementwiseOptimizer rule, Parameter parameter) : IDisposable
{
    /// <summary>
    /// The numbers that a thread takes at a time: about ten microseconds of work, in whole cache lines.
    /// </summary>
    private const int Stretch = 1 << 14;

    private const string CountName = "step";
    private readonly double[] memory = new double[rule.MemoryNames.Count];
    private long count;

    /// <summary>The rule with the settings of the parameter's layer. Equal rules are one object.</summary>
    public ElementwiseOptimizer Rule => rule;

    /// <summary>The parameter's tensor.</summary>
    public Tensor Value => parameter.Value;

    /// <summary>The state tensors, contiguous, in the order of their names; empty before the first step.</summary>
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
    /// Takes a step with our loop over CPU memory. Several threads share a large parameter; the result is the same as
    /// with one thread.
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

    /// <summary>Resets the state.</summary>
    public void Forget()
    {
        count = 0;
        Array.Clear(memory);
    }

    /// <summary>The state by name.</summary>
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

    /// <summary>Restores the state that <see cref="Save"/> returned.</summary>
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
