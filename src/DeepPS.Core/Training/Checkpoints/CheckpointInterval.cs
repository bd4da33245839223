using System.Globalization;
using DeepPS.Common;

namespace DeepPS.Training;

/// <summary>How often a checkpoint is written: by epochs, by steps or by time.</summary>
/// <param name="Epochs">The number of epochs between checkpoints; 0: not by epochs.</param>
/// <param name="Steps">The number of steps between checkpoints; 0: not by steps.</param>
/// <param name="Time">The time between checkpoints, to the end of a step; zero: not by time.</param>
public sealed record CheckpointInterval(int Epochs, long Steps, TimeSpan Time)
{
    /// <summary>After every epoch.</summary>
    public static CheckpointInterval EachEpoch { get; } = new(1, 0, TimeSpan.Zero);

    /// <summary>
    /// Reads <c>1epoch</c>, <c>500step</c>, <c>10min</c>, <c>30s</c>, <c>2h</c>, also in the plural or with a space.
    /// </summary>
    /// <exception cref="DlException"><c>InvalidInterval</c>.</exception>
    public static CheckpointInterval Parse(string text)
    {
        var digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        var unit = text[digits..].Trim().ToLowerInvariant();
        if (!double.TryParse(text.AsSpan(0, digits), CultureInfo.InvariantCulture, out var count) || !(count > 0))
            throw Invalid(text);
        return unit switch
        {
            "epoch" or "epochs" when count == Math.Floor(count) && count <= int.MaxValue =>
                new((int)count, 0, TimeSpan.Zero),
            "step" or "steps" when count == Math.Floor(count) && count < long.MaxValue =>
                new(0, (long)count, TimeSpan.Zero),
            "s" or "sec" or "second" or "seconds" => Seconds(count),
            "min" or "minute" or "minutes" => Seconds(60 * count),
            "h" or "hour" or "hours" => Seconds(3600 * count),
            _ => throw Invalid(text),
        };

        CheckpointInterval Seconds(double seconds) => seconds < TimeSpan.MaxValue.TotalSeconds
            ? new(0, 0, TimeSpan.FromSeconds(seconds)) : throw Invalid(text);
    }

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{(Epochs > 0 ? $"{Epochs}epoch" : Steps > 0 ? $"{Steps}step" : $"{Time.TotalSeconds}s")}");

    private static DlException Invalid(string text) => new("InvalidInterval", DlErrorKind.InvalidArgument,
        $"'{text}' is not an interval. Use a number and a unit, such as 1epoch, 500step or 10min.", text);
}
