using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Internal;
using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Training;

namespace DeepPS.Abstractions;

/// <summary>
/// A schedule computed by a script block from the step's number, the steps of an epoch and the steps of the run.
/// </summary>
/// <remarks>
/// A round trip to the pipeline's thread takes as long as a small step, so the script block is called for up to 256
/// steps at once. It is not called beyond the end of the epoch: the pipeline gets the epoch's record before the next
/// epoch's factors are computed.
/// </remarks>
internal sealed record ScriptSchedule(ScriptBlock Script) : Schedule
{
    private const int StepsAtOnce = 256;
    private readonly SessionScript script = new(Script);
    private RunPoint first;
    private double[] factors = [];

    /// <summary>
    /// Converts a script block to a schedule, if a schedule is expected; other values are returned unchanged.
    /// </summary>
    public static object? From(CatalogKind? wanted, object? value) =>
        wanted == CatalogKind.Schedule && value is ScriptBlock script ? new ScriptSchedule(script) : value;

    /// <inheritdoc/>
    public override double Factor(RunPoint at)
    {
        var place = at.Step - first.Step;
        if (at with { Step = 0 } != first with { Step = 0 } || place < 0 || place >= factors.Length)
        {
            var count = (int)Math.Min(StepsAtOnce, at.StepsPerEpoch - at.Step % at.StepsPerEpoch);
            factors = PipelineThread.Run(() =>
                Enumerable.Range(0, count).Select(i => Call(at with { Step = at.Step + i })).ToArray());
            (first, place) = (at, 0);
        }

        return factors[place];
    }

    private double Call(RunPoint at)
    {
        var result = PipelineValue.Unwrap(script.Here.InvokeReturnAsIs(at.Step, at.StepsPerEpoch, at.TotalSteps));
        return result is not null && result != AutomationNull.Value
            && LanguagePrimitives.TryConvertTo(result, CultureInfo.InvariantCulture, out double factor)
            && double.IsFinite(factor) && factor >= 0
            ? factor
            : throw new DlException("ScheduleResult", DlErrorKind.InvalidArgument,
                "The script block of a schedule must return the factor on the learning rate, a number of 0 or more; "
                + $"got '{result}' for step {at.Step}.", Script);
    }
}
