using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS;

/// <summary>
/// Stops a training whose loss is no longer a finite number, and gives the network back the parameters and buffers of a
/// step whose loss was one: those it has at the failing step made the loss what it is. On the CPU every loss is read
/// before its step and a copy is taken every few steps; on a CUDA device reading would make the host wait, so both
/// happen more seldom.
/// </summary>
internal sealed class FiniteGuard : IDisposable
{
    private const int StepsBetweenCopies = 20;
    private const int StepsBetweenReadingsOnCuda = 100;
    private readonly Snapshot lastGood;
    private readonly int every;
    private int steps;

    /// <param name="network">The network.</param>
    /// <param name="device">Where it is.</param>
    /// <param name="each">Whether each loss is read before its step, also where that makes the host wait.</param>
    public FiniteGuard(Network network, Device device, bool each = false)
    {
        lastGood = new Snapshot(network.State);
        every = each || device.type == DeviceType.CPU ? 1 : StepsBetweenReadingsOnCuda;
    }

    /// <summary>Looks at a batch's loss before its gradients are computed.</summary>
    public void CheckStep(Tensor loss, int epoch, int batch)
    {
        if (++steps % every != 0)
            return;
        var value = loss.detach().ToSingle();
        if (!float.IsFinite(value))
            throw NotFinite(value, epoch, $"batch {batch}" + (every > 1 ? $" or up to {every - 1} batches before" : ""));
        if (steps % Math.Max(every, StepsBetweenCopies) == 0)
            lastGood.Take();
    }

    /// <summary>Looks at a mean loss at the end of an epoch: the training's holds the trace of every batch, the validation's that of the last step.</summary>
    public void CheckEpoch(int epoch, double loss, string where)
    {
        if (!double.IsFinite(loss))
            throw NotFinite(loss, epoch, where);
    }

    /// <summary>Gives the network its last good parameters and buffers back.</summary>
    public void GoBack() => lastGood.Restore();

    /// <summary>Keeps when the next copy is due.</summary>
    public void Save(StateBag state)
    {
        state.Put("steps", steps);
        lastGood.Save(state.Part("good"));
    }

    /// <summary>Takes back what <see cref="Save"/> kept.</summary>
    public void Load(StateBag state)
    {
        steps = (int)state.Longs("steps")[0];
        lastGood.Load(state.Part("good"));
    }

    public void Dispose() => lastGood.Dispose();

    private DlException NotFinite(double value, int epoch, string where)
    {
        GoBack();
        return new DlException("LossNotFinite", DlErrorKind.NumericFailure,
            $"The loss became {value.ToString(CultureInfo.InvariantCulture)} in epoch {epoch}, {where}. Training stopped; the model keeps its last good "
            + "parameters. Try a smaller -LearningRate, and look for extreme values in the data.", epoch);
    }
}
