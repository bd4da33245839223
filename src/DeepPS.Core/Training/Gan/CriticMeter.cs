using DeepPS.Data;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// Measures the critic over an epoch: its mean loss, and the share of samples that it recognises as real or generated,
/// or the distance that it estimates between them.
/// </summary>
/// <param name="critic">The player.</param>
/// <param name="rule">The objective, which says what scores mean.</param>
/// <param name="device">The device of the networks.</param>
internal sealed class CriticMeter(Player critic, GanObjective rule, Device device) : EpochMeter
{
    // Sums over samples: of the loss, and of hits or of the distance.
    private readonly Tensor sums =
        zeros(2, dtype: ScalarType.Float64, device: device).DetachFromDisposeScope();

    private long count;

    /// <inheritdoc/>
    public override void OnSamples(Player player, Batch batch, ObjectiveValue value, Tensor? weight)
    {
        if (player != critic)
            return;
        using var noGradient = no_grad();
        var (real, generated) = (value.Output.narrow(0, 0, batch.Count),
            value.Output.narrow(0, batch.Count, batch.Count));
        var measure = rule.MeasuresDistance ? real.sub(generated).sum()
            : real.gt(rule.Boundary).sum().add(generated.le(rule.Boundary).sum()).to(ScalarType.Float64).div(2);
        sums.add_(stack([value.Loss.detach().mul(batch.Count).to(ScalarType.Float64),
            measure.to(ScalarType.Float64)]));
        count += batch.Count;
    }

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, double>> Values()
    {
        using var scope = NewDisposeScope();
        var means = sums.cpu().data<double>().ToArray().Select(sum => sum / count).ToArray();
        return [new("CriticLoss", means[0]),
            new(rule.MeasuresDistance ? "Wasserstein" : "CriticAccuracy", means[1])];
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        using (no_grad())
            sums.zero_();
        count = 0;
    }

    /// <inheritdoc/>
    public override void Save(StateBag state)
    {
        state.Put("sums", sums);
        state.Put("count", count);
    }

    /// <inheritdoc/>
    public override void Load(StateBag state)
    {
        using (no_grad())
            sums.copy_(state.Tensor("sums"));
        count = state.Long("count");
    }

    /// <inheritdoc/>
    public override void Dispose() => sums.Dispose();
}
