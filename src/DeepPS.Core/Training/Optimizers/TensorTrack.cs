using DeepPS.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>One parameter in a training by a <see cref="TensorOptimizer"/>: its rule, step count and state.</summary>
internal sealed class TensorTrack(TensorOptimizer optimizer, Parameter parameter) : IDisposable
{
    private const string CountName = "step";
    private readonly TensorOptimizer rule = RuleOf(optimizer, parameter);
    private Tensor[] state = [];
    private long count;

    private IReadOnlyList<string> Names => rule.StateNames(parameter);

    /// <summary>Takes a step; without a gradient the parameter stays as it is.</summary>
    /// <param name="factor">The factor on the learning rate.</param>
    public void Step(double factor)
    {
        using var scope = NewDisposeScope();
        if (parameter.Value.grad is not { } gradient)
            return;
        if (count++ == 0)
            Begin();
        gradient = gradient.is_sparse ? gradient.to_dense() : gradient;
        rule.Update(parameter, gradient.contiguous(), state, new TensorRuleStep(factor, count));
    }

    /// <summary>The state by name.</summary>
    public IEnumerable<(string Name, Tensor Value)> Save() => count == 0 ? []
        : Names.Zip(state, (name, value) => (Name(name), value)).Prepend((Name(CountName), tensor(count)));

    /// <summary>Restores the state that <see cref="Save"/> returned.</summary>
    public void Load(OptimizerFile file)
    {
        Dispose();
        count = file.Has(Name(CountName)) ? file.Take(Name(CountName), []).ToInt64() : 0;
        if (count == 0)
            return;
        Begin();
        foreach (var (name, value) in Names.Zip(state))
            value.copy_(file.Take(Name(name), value.shape));
    }

    /// <summary>Frees the state: the next step is the first.</summary>
    public void Dispose()
    {
        foreach (var tensor in state)
            tensor.Dispose();
        (state, count) = ([], 0);
    }

    /// <summary>The rule with the weight decay and learning rate of the parameter's layer.</summary>
    private static TensorOptimizer RuleOf(TensorOptimizer optimizer, Parameter parameter)
    {
        var rule = parameter.WeightDecay is { } decay ? optimizer with { WeightDecay = decay } : optimizer;
        return parameter.LearningRate is { } rate ? rule.WithLearningRate(rate) : rule;
    }

    private string Name(string name) => $"{parameter.Name}.{name}";

    private void Begin() => state = Names.Select(_ =>
        zeros(parameter.Value.shape, parameter.Value.dtype, parameter.Value.device).DetachFromDisposeScope()).ToArray();
}
