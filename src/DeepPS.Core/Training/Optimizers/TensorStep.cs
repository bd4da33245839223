using DeepPS.Layers;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>Takes the steps of a <see cref="TensorOptimizer"/>, parameter by parameter.</summary>
internal sealed class TensorStep(TensorOptimizer optimizer, IReadOnlyList<Parameter> parameters)
    : OptimizerStep(optimizer, parameters)
{
    private readonly TensorTrack[] tracks =
        parameters.Select(parameter => new TensorTrack(optimizer, parameter)).ToArray();

    /// <inheritdoc/>
    public override void Step(Func<Tensor>? evaluate = null)
    {
        evaluate?.Invoke();
        Count++;
        using var noGradient = no_grad();
        foreach (var track in tracks)
            track.Step(Factor);
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
            track.Dispose();
    }

    private protected override IEnumerable<(string Name, Tensor Value)> State() =>
        tracks.SelectMany(track => track.Save());

    private protected override void Restore(OptimizerFile file)
    {
        foreach (var track in tracks)
            track.Load(file);
    }
}
