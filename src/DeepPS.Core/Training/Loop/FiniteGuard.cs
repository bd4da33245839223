using System.Globalization;
using DeepPS.Common;
using DeepPS.Networks;
using DeepPS.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// Stops a training whose loss is no longer a finite number, and gives the network back the parameters and buffers of a
/// step whose loss was one: those it has at the failing step made the loss what it is. On the CPU every loss is read
/// before its step and a copy is taken every few steps; on a CUDA device reading would make the host wait, so both
/// happen more seldom. What shows only when an epoch has ended, in the parameters or in the validation's loss, gives back
/// those of the last epoch that was good to its end.
/// </summary>
internal sealed class FiniteGuard : IDisposable
{
    private const int StepsBetweenCopies = 20;
    private const int StepsBetweenReadingsOnCuda = 100;
    private readonly Network network;
    private readonly Snapshot lastGood;
    private readonly Snapshot lastEpoch;
    private readonly int every;
    private int steps;

    /// <param name="network">The network.</param>
    /// <param name="device">Where it is.</param>
    /// <param name="each">Whether each loss is read before its step, also where that makes the host wait.</param>
    public FiniteGuard(Network network, Device device, bool each = false)
    {
        this.network = network;
        lastGood = new Snapshot(network.State);
        lastEpoch = new Snapshot(network.State);
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

    /// <summary>Looks at the training's mean loss at the end of an epoch, which holds the trace of every batch, and at the parameters.</summary>
    public void CheckEpoch(int epoch, double loss)
    {
        if (!double.IsFinite(loss))
            throw NotFinite(loss, epoch, "its last batches");
        if (FirstNotFinite() is not { } name)
            return;
        RestoreEpoch();
        throw new DlException("WeightsNotFinite", DlErrorKind.NumericFailure,
            $"A number of '{name}' became NaN or infinite in epoch {epoch}, by its last steps. Training stopped; the model keeps its parameters of before "
            + "the epoch. Try a smaller -LearningRate or -ClipNorm 1, and look for extreme values in the data.", epoch);
    }

    /// <summary>Looks at the validation's mean loss, of parameters that are finite numbers.</summary>
    /// <param name="epoch">The epoch's number.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="again">Gives the loss of the parameters of before the epoch.</param>
    public void CheckValidation(int epoch, double loss, Func<double> again)
    {
        if (double.IsFinite(loss))
            return;
        RestoreEpoch();
        var became = $"The validation loss became {loss.ToString(CultureInfo.InvariantCulture)} in epoch {epoch}, after its last batch";
        // Where it was none before, no learning rate helps.
        if (!double.IsFinite(again()))
            throw new DlException("ValidationNotFinite", DlErrorKind.NumericFailure,
                $"{became}, and it is no finite number with the parameters of before the epoch either. Training stopped; the model keeps those. "
                + "Look for extreme values in the validation data.", epoch);
        throw new DlException("LossNotFinite", DlErrorKind.NumericFailure,
            $"{became}. Training stopped; the model keeps its parameters of before the epoch. Try a smaller -LearningRate, and look for extreme values "
            + "in the validation data.", epoch);
    }

    /// <summary>Says that an epoch was good to its end.</summary>
    public void Accept() => lastEpoch.Take();

    /// <summary>Gives the network its last good parameters and buffers back.</summary>
    public void GoBack() => lastGood.Restore();

    /// <summary>Keeps when the next copy is due, and the copies.</summary>
    /// <param name="state">Where to.</param>
    /// <param name="within">Whether it is within an epoch: between two, the network is as of the last one.</param>
    public void Save(StateBag state, bool within)
    {
        state.Put("steps", steps);
        lastGood.Save(state.Part("good"));
        if (within)
            lastEpoch.Save(state.Part("epoch"));
    }

    /// <summary>Takes back what <see cref="Save"/> kept.</summary>
    public void Load(StateBag state, bool within)
    {
        steps = (int)state.Longs("steps")[0];
        lastGood.Load(state.Part("good"));
        if (within)
            lastEpoch.Load(state.Part("epoch"));
    }

    public void Dispose()
    {
        lastGood.Dispose();
        lastEpoch.Dispose();
    }

    /// <summary>Gives the network back what it had when the last good epoch ended, which counts as good from now on.</summary>
    private void RestoreEpoch()
    {
        lastEpoch.Restore();
        lastGood.Take();
    }

    /// <summary>The name of a parameter or buffer that holds NaN or an infinite number; null: none does.</summary>
    private string? FirstNotFinite()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var finite = network.State.Select(parameter => parameter.Value.isfinite().all()).ToArray();
        // One look at the device is enough where all is well.
        return stack(finite).all().ToBoolean() ? null
            : network.State.Zip(finite).First(pair => !pair.Second.ToBoolean()).First.Name;
    }

    private DlException NotFinite(double value, int epoch, string where)
    {
        GoBack();
        return new DlException("LossNotFinite", DlErrorKind.NumericFailure,
            $"The loss became {value.ToString(CultureInfo.InvariantCulture)} in epoch {epoch}, {where}. Training stopped; the model keeps its last good "
            + "parameters. Try a smaller -LearningRate, and look for extreme values in the data.", epoch);
    }
}
