using System.Globalization;
using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Training;

namespace DeepPS.Completion;

/// <summary>Reads a time above zero: 02:00:00, or a number with its unit, such as 90s, 30min or 8h.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DurationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        PipelineValue.Unwrap(inputData) switch
        {
            null => null,
            TimeSpan time when time > TimeSpan.Zero => time,
            // PowerShell reads 90s as a number of 16 bits; the object around it has the text.
            not TimeSpan when Read(inputData.ToString()!) is { } time && time > TimeSpan.Zero => time,
            var other => throw new DlException("InvalidTimeLimit", DlErrorKind.InvalidArgument,
                $"Expected a time above zero, such as 02:00:00, 90s, 30min or 8h; got '{other}'.", other),
        };

    private static TimeSpan? Read(string text)
    {
        if (text.Contains(':') && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time))
            return time;
        try
        {
            return CheckpointInterval.Parse(text).Time;
        }
        catch (DlException)
        {
            return null;
        }
    }
}
