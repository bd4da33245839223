using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS;

/// <summary>
/// Stops a training whose loss is no longer a finite number, before that reaches the parameters. On the CPU every
/// loss is read before its step, so only buffers can need to go back: batch normalisation changes its running statistics
/// in the forward pass. On a CUDA device reading would make the host wait at each step, so the loss is read
/// every <see cref="Interval"/> steps, and parameters and buffers go back to those of the last good reading.
/// </summary>
internal sealed class FiniteGuard : IDisposable
{
    private const int Interval = 100;
    private readonly Snapshot lastGood;
    private readonly int every;
    private int sinceReading;

    public FiniteGuard(Network network, Device device)
    {
        var onHost = device.type == DeviceType.CPU;
        lastGood = new Snapshot(onHost ? network.Buffers : network.State);
        every = onHost ? 1 : Interval;
    }

    /// <summary>Looks at a batch's loss before its gradients are computed.</summary>
    public void CheckStep(Tensor loss, int epoch, int batch)
    {
        if (++sinceReading < every)
            return;
        sinceReading = 0;
        var value = loss.detach().ToSingle();
        if (!float.IsFinite(value))
            throw NotFinite(value, epoch, $"batch {batch}" + (every > 1 ? $" or up to {every - 1} batches before" : ""));
        lastGood.Take();
    }

    /// <summary>Looks at an epoch's mean loss, which holds the trace of every batch.</summary>
    public void CheckEpoch(int epoch, double loss)
    {
        if (!double.IsFinite(loss))
            throw NotFinite(loss, epoch, "its last batches");
    }

    public void Dispose() => lastGood.Dispose();

    private DlException NotFinite(double value, int epoch, string where)
    {
        lastGood.Restore();
        return new DlException("LossNotFinite", DlErrorKind.NumericFailure,
            $"The loss became {value.ToString(CultureInfo.InvariantCulture)} in epoch {epoch}, {where}. Training stopped; the model keeps its last good "
            + "parameters. Try a smaller -LearningRate, and look for extreme values in the data.", epoch);
    }
}
