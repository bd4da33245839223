using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Models;
using DeepPS.Training;

namespace DeepPS.Search;

/// <summary>
/// Finds a learning rate by a short training whose rate grows from step to step until the loss explodes. From Smith,
/// Cyclical learning rates for training neural networks (2017), 3.3; the smoothing and the suggestion are those of
/// fastai's <c>lr_find</c> (its <c>steep</c>).
/// </summary>
public static class LearningRateFinder
{
    private const double Smoothing = 0.98;
    private const double Explosion = 4;

    /// <summary>Sweeps the learning rate. The model is restored afterwards.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">The training options; epochs, schedule and early stopping are ignored.</param>
    /// <param name="training">The training samples.</param>
    /// <param name="plan">The data plan; null: one fitted to the samples.</param>
    /// <param name="from">The first rate.</param>
    /// <param name="to">The last rate.</param>
    /// <param name="steps">The largest number of steps.</param>
    /// <param name="log">Called with each decision.</param>
    /// <param name="cancel">Ends it with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="DlException">
    /// <c>OptimizerUse</c>: the optimizer has no learning rate; <c>InvalidSweep</c>; <c>NoSuggestion</c>: the loss
    /// never fell.
    /// </exception>
    public static LearningRateSweep Find(Model model, TrainingOptions options, Dataset training, DataPlan? plan = null,
        double from = 1e-7, double to = 10, int steps = 100, Action<string>? log = null,
        CancellationToken cancel = default)
    {
        if (options.Optimizer is not GradientOptimizer { LearningRate: > 0 } optimizer)
            throw new DlException("OptimizerUse", DlErrorKind.InvalidArgument,
                $"Optimizer {options.Optimizer.Entry.Name} has no learning rate. Use another optimizer, such as SGD.",
                options.Optimizer);
        if (!(from > 0 && to > from && steps >= 10))
            throw new DlException("InvalidSweep", DlErrorKind.InvalidArgument,
                "A sweep must go from a learning rate above 0 to a larger one in 10 steps or more; "
                + $"got {from} to {to} in {steps} steps.", steps);
        var points = new List<LearningRatePoint>();
        var (sum, smoothed, least) = (0.0, 0.0, double.PositiveInfinity);
        var watch = new ActionCallback
        {
            OnStep = session =>
            {
                // The loss of this batch from the growth of the epoch's sum.
                var total = session.Loss * session.Step;
                var loss = session.Step == 1 ? total : total - sum;
                sum = total;
                smoothed = Smoothing * smoothed + (1 - Smoothing) * loss;
                var point = new LearningRatePoint(session.LearningRate, loss,
                    smoothed / (1 - Math.Pow(Smoothing, points.Count + 1)));
                points.Add(point);
                least = Math.Min(least, point.SmoothedLoss);
                return points.Count < steps && !(point.SmoothedLoss > Explosion * least);
            },
        };
        try
        {
            TrainingTrial.Run(model, options with
            {
                Epochs = steps,
                Schedule = new SweepSchedule(from / optimizer.LearningRate, to / optimizer.LearningRate, steps),
                EarlyStopping = null,
                Metrics = [],
            }, (training, null, plan), watch, log, cancel);
        }
        catch (DivergedException) when (points.Count > 0)
        {
            // The loss exploded: this ends the sweep.
        }

        return LearningRateSweep.Of(points);
    }

    /// <summary>A factor that grows exponentially from step to step.</summary>
    private sealed record SweepSchedule(double First, double Last, int Steps) : Schedule
    {
        public override double Factor(RunPoint at) =>
            First * Math.Pow(Last / First, Math.Min(at.Step / (Steps - 1.0), 1));
    }
}
