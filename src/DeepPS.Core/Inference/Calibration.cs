using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Models;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>Chooses on validation data how a model's outputs become classes and probabilities.</summary>
public static class Calibration
{
    private const double SmallestTemperature = 0.01, LargestTemperature = 100;
    private const int TemperatureSteps = 100;

    /// <summary>Chooses the threshold that makes a goal largest, and keeps it in the model.</summary>
    /// <param name="model">A trained model of a class label.</param>
    /// <param name="validation">Data that the model was not trained on.</param>
    /// <param name="goal">The goal.</param>
    /// <param name="positive">The positive class; null for the second of two.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The threshold.</returns>
    /// <exception cref="DlException"><c>NoProbabilities</c>, <c>NoPositiveClass</c>, <c>ClassNotFound</c>;
    /// <c>OneClassOnly</c>: the data lacks the positive class or all others.</exception>
    public static double ChooseThreshold(Model model, Dataset validation, ThresholdGoal goal, string? positive = null,
        CancellationToken cancel = default)
    {
        var (_, plan, loss) = model.Trained();
        var label = plan.Label!;
        new PredictionOptions { Threshold = 0, Positive = positive }.Check(label, loss);
        var place = PositiveClass.Of(positive, label);
        if (place < 0)
            throw new DlException("NoPositiveClass", DlErrorKind.InvalidArgument,
                $"Label '{label.Name}' has several names for each row; a best threshold needs one class for each.",
                label.Name);
        var temperature = model.Decision?.Temperature ?? 1;
        using var scope = NewDisposeScope();
        var (outputs, targets) = Outputs(model, validation, cancel);
        using var noGradient = no_grad();
        // As for predictions, whose probabilities the threshold is compared with.
        var scores = loss.Probabilities(outputs.div(temperature))!.select(1, place).to(ScalarType.Float64)
            .data<double>().ToArray();
        var own = targets.eq(place).data<bool>().ToArray();
        if (own.Distinct().Count() < 2)
            throw new DlException("OneClassOnly", DlErrorKind.InvalidData,
                $"The data needs rows of class '{label.Classes[place]}' and others to choose a threshold; "
                + $"{own.Count(isOwn => isOwn):N0} of {own.Length:N0} rows are of that class.", validation);
        var threshold = Best(scores, own, goal);
        model.Decision = (model.Decision ?? new Decision()) with
        {
            Threshold = threshold,
            Positive = label.Classes[place],
        };
        return threshold;
    }

    /// <summary>The threshold between two neighbouring scores that is best; the highest of equally good ones.</summary>
    internal static double Best(double[] scores, bool[] own, ThresholdGoal goal)
    {
        var order = Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i]).ToArray();
        double positives = own.Count(isOwn => isOwn), negatives = own.Length - positives, hits = 0, falses = 0;
        var (best, threshold) = (double.NegativeInfinity, 0.5);
        for (var i = 0; i < order.Length; i++)
        {
            if (own[order[i]])
                hits++;
            else
                falses++;
            var next = i + 1 < order.Length ? scores[order[i + 1]] : 0;
            if (scores[order[i]] == next)
                continue;
            var value = goal switch
            {
                ThresholdGoal.F1 => 2 * hits / (hits + falses + positives),
                ThresholdGoal.Accuracy => (hits + negatives - falses) / own.Length,
                _ => (hits / positives + (negatives - falses) / negatives) / 2,
            };
            if (value > best)
                (best, threshold) = (value, (scores[order[i]] + next) / 2);
        }

        return threshold;
    }

    /// <summary>Fits the temperature by which logits are divided, so that probabilities are as often right as they say,
    /// and keeps it in the model. It changes no most likely class.</summary>
    /// <remarks>The temperature with the smallest log loss: Guo et al., On calibration of modern neural networks
    /// (2017).</remarks>
    /// <param name="model">A trained model of a class label, whose loss takes logits.</param>
    /// <param name="validation">Data that the model was not trained on.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The temperature.</returns>
    /// <exception cref="DlException"><c>NoProbabilities</c>: the label or the loss has no such
    /// probabilities.</exception>
    public static double FitTemperature(Model model, Dataset validation, CancellationToken cancel = default)
    {
        var (_, plan, loss) = model.Trained();
        if (plan.Label!.Kind is not LabelKind.Class || !loss.GivesProbabilities || !loss.TakesLogits)
            throw new DlException("NoProbabilities", DlErrorKind.InvalidArgument,
                $"Calibration needs a class label and a loss that takes logits, such as CrossEntropy; label "
                + $"'{plan.Label.Name}' is a {plan.Label.Kind}, and the loss is {loss.Entry.Name}.", model);
        using var scope = NewDisposeScope();
        var (outputs, targets) = Outputs(model, validation, cancel);
        using var noGradient = no_grad();
        outputs = outputs.to(ScalarType.Float64);
        // The log loss has one minimum over the temperature: golden-section search on its logarithm.
        var ratio = (Math.Sqrt(5) - 1) / 2;
        var (low, high) = (Math.Log(SmallestTemperature), Math.Log(LargestTemperature));
        var (left, right) = (high - ratio * (high - low), low + ratio * (high - low));
        var (atLeft, atRight) = (LogLoss(left), LogLoss(right));
        for (var step = 0; step < TemperatureSteps && high - low > 1e-9; step++)
            if (atLeft < atRight)
            {
                (high, right, atRight) = (right, left, atLeft);
                left = high - ratio * (high - low);
                atLeft = LogLoss(left);
            }
            else
            {
                (low, left, atLeft) = (left, right, atRight);
                right = low + ratio * (high - low);
                atRight = LogLoss(right);
            }

        var temperature = Math.Exp((low + high) / 2);
        // A threshold was chosen for other probabilities.
        model.Decision = new Decision { Temperature = temperature };
        return temperature;

        double LogLoss(double logarithm)
        {
            using var inner = NewDisposeScope();
            return loss.Probabilities(outputs.div(Math.Exp(logarithm)))!.gather(1, targets.unsqueeze(1))
                .clamp_min(1e-300).log().mean().neg().item<double>();
        }
    }

    /// <summary>The outputs (places, outputs) and the classes (places) of a whole dataset, on the CPU.</summary>
    private static (Tensor Outputs, Tensor Targets) Outputs(Model model, Dataset data, CancellationToken cancel)
    {
        TorchRuntime.Ensure();
        var (network, plan, loss) = model.Trained();
        var reader = new OutputReader(plan.Label!, loss);
        data = plan.Series?.WindowsOf(data) ?? data;
        using var samples = SampleSource.Of(data, plan, loss, TorchRuntime.Device(model.Device));
        var (outputs, targets) = (new List<Tensor>(), new List<Tensor>());
        Evaluator.Each(network, samples, Evaluator.BatchSize, Threads.Count(null), cancel, (batch, output) =>
        {
            outputs.Add(reader.Places(output).cpu().clone().DetachFromDisposeScope());
            targets.Add(batch.Targets!.reshape(-1).cpu().clone().DetachFromDisposeScope());
        });
        cancel.ThrowIfCancellationRequested();
        try
        {
            var (all, classes) = (cat(outputs), cat(targets));
            var counting = classes.ge(0).nonzero().flatten();
            return (all.index_select(0, counting), classes.index_select(0, counting));
        }
        finally
        {
            foreach (var tensor in outputs.Concat(targets))
                tensor.Dispose();
        }
    }
}
