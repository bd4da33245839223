using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Internal;
using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Training;

namespace DeepPS.Abstractions;

/// <summary>A schedule that a script block computes: from a step's number, the steps of an epoch and those of the run.</summary>
/// <remarks>
/// A way to the pipeline's thread and back takes as long as a small step. So the script block is asked for several steps at
/// once, but not beyond an epoch's end: when the next one begins, the pipeline has had the record of the one before.
/// </remarks>
internal sealed record ScriptSchedule(ScriptBlock Script) : Schedule
{
    private const int StepsAtOnce = 256;
    private readonly SessionScript script = new(Script);
    private RunPoint first;
    private double[] factors = [];

    /// <summary>A script block as a schedule, where one is wanted; anything else as it is.</summary>
    public static object? From(CatalogKind? wanted, object? value) =>
        wanted == CatalogKind.Schedule && value is ScriptBlock script ? new ScriptSchedule(script) : value;

    /// <inheritdoc/>
    public override double Factor(RunPoint at)
    {
        var place = at.Step - first.Step;
        if (at with { Step = 0 } != first with { Step = 0 } || place < 0 || place >= factors.Length)
        {
            var count = (int)Math.Min(StepsAtOnce, at.StepsPerEpoch - at.Step % at.StepsPerEpoch);
            factors = PipelineThread.Run(() => Enumerable.Range(0, count).Select(i => Call(at with { Step = at.Step + i })).ToArray());
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
                "The script block of a schedule wants to give the factor on the learning rate, a number of 0 or more; "
                + $"for step {at.Step} '{result}' came.", Script);
    }
}
