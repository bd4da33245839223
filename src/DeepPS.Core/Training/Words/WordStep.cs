using DeepPS.Layers;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>Counts the steps of <see cref="WordSGD"/>: the objective takes them, pair by pair.</summary>
internal sealed class WordStep(WordSGD rule, IReadOnlyList<Parameter> parameters) : OptimizerStep(rule, parameters)
{
    /// <inheritdoc/>
    public override void Step(Func<Tensor>? evaluate = null)
    {
        evaluate?.Invoke();
        Count++;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
    }

    private protected override void Forget()
    {
    }

    private protected override IEnumerable<(string Name, Tensor Value)> State() => [];

    private protected override void Restore(OptimizerFile file)
    {
    }
}
