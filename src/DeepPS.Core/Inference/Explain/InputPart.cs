using DeepPS.Common;
using DeepPS.Data;

namespace DeepPS.Inference;

/// <summary>A part of a network's inputs that has a name: a column, a group of columns, a step of a sequence.</summary>
/// <param name="Name">The column or the group.</param>
/// <param name="Slices">Its numbers.</param>
/// <param name="Lag">The steps from it to the end of its sequence, 1 for the last step; null: not a step.</param>
internal sealed record InputPart(string Name, IReadOnlyList<InputSlice> Slices, int? Lag = null)
{
    /// <summary>The columns of a plan; of windows over a series, the value, each feature and the calendar.</summary>
    public static IReadOnlyList<InputPart> Columns(DataPlan plan) =>
        plan.InputPlans.SelectMany((input, place) => Columns(input, place)).ToArray();

    /// <summary>Each step of the windows, sequences and texts of a plan, with all its numbers.</summary>
    /// <exception cref="DlException"><c>NoSteps</c>: no input is a sequence.</exception>
    public static IReadOnlyList<InputPart> Steps(DataPlan plan)
    {
        var steps = plan.InputPlans.SelectMany((input, place) =>
            IsWhole(input) && !input.IsImage && input.Shape.Rank <= 2
                ? Enumerable.Range(0, (int)input.Shape[0]).Select(step => new InputPart(input.Columns[0].Name,
                    [new InputSlice(place, 1, step, 1)], (int)input.Shape[0] - step))
                : []).ToArray();
        return steps.Length > 0 ? steps : throw new DlException("NoSteps", DlErrorKind.InvalidArgument,
            "Lags need an input that is a sequence: windows of a time series, arrays or text. The inputs are "
            + string.Join(", ", plan.InputPlans.Select(input => $"'{input.Name}' ({input.Nature})")) + ".");
    }

    /// <summary>Several parts as one.</summary>
    public static InputPart Join(string name, IEnumerable<InputPart> parts) =>
        new(name, parts.SelectMany(part => part.Slices).ToArray());

    /// <summary>Whether an input is one column in a shape of its own.</summary>
    public static bool IsWhole(InputPlan input) => input.Columns is [{ Encoding: IWholeEncoder }];

    /// <summary>The columns of an input that is a row of numbers, and the place of the numbers of each.</summary>
    public static IEnumerable<(string Name, int First, int Width, bool IsCode)> Widths(InputPlan input)
    {
        var first = 0;
        foreach (var column in input.Columns)
        {
            var width = ((FeatureEncoder)column.Encoding!).Width;
            yield return (column.Name, first, width, column.Encoding is EmbeddingEncoder);
            first += width;
        }
    }

    private static IEnumerable<InputPart> Columns(InputPlan input, int place)
    {
        if (input.Columns is [{ Encoding: WindowEncoder windows }])
            return OfWindows(windows.Series, place);
        if (IsWhole(input))
            return [new InputPart(input.Columns[0].Name, [InputSlice.Whole(place)])];
        return Widths(input).Select(part =>
            new InputPart(part.Name, [new InputSlice(place, 1, part.First, part.Width)])).ToArray();
    }

    private static IEnumerable<InputPart> OfWindows(SeriesPlan series, int place)
    {
        string[] values = [series.Value, .. series.Features];
        foreach (var (number, name) in values.Index())
            yield return new InputPart(name, [new InputSlice(place, 2, number, 1)]);
        if (series.Width > values.Length)
            yield return new InputPart(series.Time,
                [new InputSlice(place, 2, values.Length, series.Width - values.Length)]);
    }
}
