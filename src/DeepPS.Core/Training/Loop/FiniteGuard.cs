using System.Globalization;
using DeepPS.Common;
using DeepPS.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>
/// Stops a training whose loss is no longer finite, and restores parameters and buffers of an earlier step whose loss
/// was finite: those of the failing step caused the bad loss. On the CPU every loss is read before its step, and a copy
/// is taken every few steps; on a CUDA device reading makes the host wait, so both happen less often. If the problem
/// shows only at the end of an epoch, in the parameters or in the validation loss, those of the last good epoch are
/// restored.
/// </summary>
internal sealed class FiniteGuard : StepHook
{
    private const int StepsBetweenCopies = 20;
    private const int StepsBetweenReadingsOnCuda = 100;
    private readonly Rollback rollback;
    private readonly int every;

    /// <param name="rollback">Restores parameters.</param>
    /// <param name="device">The network's device.</param>
    /// <param name="each">Whether each loss is read before its step, even if that makes the host wait.</param>
    public FiniteGuard(Rollback rollback, Device device, bool each = false)
    {
        this.rollback = rollback;
        every = each || device.type == DeviceType.CPU ? 1 : StepsBetweenReadingsOnCuda;
    }

    /// <summary>The number of losses so far, which decides when the next copy is taken.</summary>
    public int Steps { get; set; }

    /// <inheritdoc/>
    /// <remarks>The loop of steps restores the parameters, as after an error of an optimizer.</remarks>
    public override void OnLoss(Tensor total, (int Epoch, int Batch) place)
    {
        if (++Steps % every != 0)
            return;
        var value = total.detach().ToSingle();
        if (!float.IsFinite(value))
            throw NotFinite(value, place.Epoch,
                $"batch {place.Batch}" + (every > 1 ? $" or up to {every - 1} batches before" : ""));
        if (Steps % Math.Max(every, StepsBetweenCopies) == 0)
            rollback.KeepGood();
    }

    /// <summary>
    /// Checks the parameters and the mean loss of an epoch, which is not finite if that of any batch was not.
    /// </summary>
    public void CheckEpoch(int epoch, double loss, IEnumerable<Parameter> parameters)
    {
        if (!double.IsFinite(loss))
        {
            rollback.ToGood();
            throw NotFinite(loss, epoch, "its last batches");
        }

        if (FirstNotFinite(parameters.ToArray()) is not { } name)
            return;
        rollback.ToEpoch();
        throw new DivergedException("WeightsNotFinite",
            $"A value of '{name}' became NaN or infinite in the last steps of epoch {epoch}. Training stopped; the "
            + "model keeps its parameters from before the epoch. Try a smaller -LearningRate or -ClipNorm 1, and look "
            + "for extreme values in the data.", epoch);
    }

    /// <summary>Checks the mean validation loss, given that all parameters are finite.</summary>
    /// <param name="epoch">The epoch's number.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="again">Measures the loss again, with the parameters from before the epoch.</param>
    public void CheckValidation(int epoch, double loss, Func<double> again)
    {
        if (double.IsFinite(loss))
            return;
        rollback.ToEpoch();
        var became = $"The validation loss became {loss.ToString(CultureInfo.InvariantCulture)} in epoch {epoch}, "
            + "after its last batch";
        // If it was not finite before the epoch either, a smaller learning rate does not help.
        if (!double.IsFinite(again()))
            throw new DlException("ValidationNotFinite", DlErrorKind.NumericFailure,
                $"{became}, and it is not finite with the parameters from before the epoch either. Training stopped; "
                + "the model keeps those. Look for extreme values in the validation data.", epoch);
        throw new DivergedException("LossNotFinite",
            $"{became}. Training stopped; the model keeps its parameters from before the epoch. Try a smaller "
            + "-LearningRate, and look for extreme values in the validation data.", epoch);
    }

    /// <summary>The name of a parameter or buffer with a NaN or infinite value; null: there is none.</summary>
    private static string? FirstNotFinite(Parameter[] parameters)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var finite = parameters.Select(parameter => parameter.Value.isfinite().all()).ToArray();
        // One read of the device is enough if everything is finite.
        return stack(finite).all().ToBoolean() ? null
            : parameters.Zip(finite).First(pair => !pair.Second.ToBoolean()).First.Name;
    }

    private static DivergedException NotFinite(double value, int epoch, string where) => new("LossNotFinite",
        $"The loss became {value.ToString(CultureInfo.InvariantCulture)} in epoch {epoch}, {where}. Training stopped; "
        + "the model keeps its last good parameters. Try a smaller -LearningRate, and look for extreme values in the "
        + "data.", epoch);
}
