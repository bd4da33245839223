using DeepPS.Layers;
using DeepPS.Networks;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// The exponential moving average of a network's parameters over the steps: average = decay average + (1 - decay)
/// parameter, starting with the parameters after the first step. PyTorch's <c>AveragedModel</c> with
/// <c>get_ema_avg_fn</c>; buffers stay the network's own.
/// </summary>
internal sealed class WeightAverage : StepHook, IDisposable
{
    private readonly Network network;
    private readonly Parameter[] parameters;
    private readonly Tensor[] average;
    private readonly double decay;
    private bool begun;
    private bool shown;

    public WeightAverage(Network network, double decay)
    {
        (this.network, this.decay) = (network, decay);
        using var scope = NewDisposeScope();
        parameters = network.Parameters.Where(parameter => !parameter.Frozen).ToArray();
        average = parameters.Select(parameter => empty_like(parameter.Value.detach()).DetachFromDisposeScope())
            .ToArray();
    }

    /// <inheritdoc/>
    public override void AfterUpdate(Player player)
    {
        if (player.Network != network)
            return;
        using var noGradient = no_grad();
        foreach (var (mean, parameter) in average.Zip(parameters))
            if (begun)
                mean.mul_(decay).add_(parameter.Value, 1 - decay);
            else
                mean.copy_(parameter.Value);
        begun = true;
    }

    /// <inheritdoc/>
    public override void Restart() => (begun, shown) = (false, false);

    /// <summary>Gives the network the average, and keeps its own parameters.</summary>
    public void Show()
    {
        if (begun && !shown)
            Swap();
    }

    /// <summary>Gives the network its own parameters back.</summary>
    public void Hide()
    {
        if (shown)
            Swap();
    }

    /// <summary>Saves the average, and whether the network has it now.</summary>
    public void Save(StateBag state)
    {
        state.Put("flags", begun ? 1 : 0, shown ? 1L : 0);
        foreach (var (mean, parameter) in average.Zip(parameters))
            state.Put(parameter.Name, mean);
    }

    /// <summary>Restores the average that <see cref="Save"/> saved.</summary>
    public void Load(StateBag state)
    {
        using var noGradient = no_grad();
        var flags = state.Longs("flags", 2);
        (begun, shown) = (flags[0] == 1, flags[1] == 1);
        foreach (var (mean, parameter) in average.Zip(parameters))
            mean.copy_(state.Tensor(parameter.Name));
    }

    /// <summary>Gives a network the average that <see cref="Save"/> saved, unless it had the average then.</summary>
    public static void Give(StateBag state, Network network)
    {
        if (!state.Has("flags") || state.Longs("flags", 2) is not [1, 0])
            return;
        foreach (var parameter in network.Parameters.Where(parameter => state.Has(parameter.Name)))
            parameter.Load(state.Tensor(parameter.Name));
    }

    public void Dispose()
    {
        foreach (var mean in average)
            mean.Dispose();
    }

    private void Swap()
    {
        using var noGradient = no_grad();
        foreach (var (mean, parameter) in average.Zip(parameters))
        {
            using var kept = parameter.Value.clone();
            parameter.Load(mean);
            mean.copy_(kept);
        }

        shown = !shown;
    }
}
