using System.Globalization;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Models;

namespace DeepPS.Plots;

/// <summary>The section of a report with the samples that a model gets most wrong.</summary>
internal static class WrongSamples
{
    private const int Most = 12, MostColumns = 8, PictureSize = 128;

    /// <summary>The samples, the worst first: pictures, or rows.</summary>
    public static ReportSection Of(Model model, Dataset data, CancellationToken cancel)
    {
        var (_, plan, loss) = model.Trained();
        var label = plan.Label!;
        var worst = plan.Series is not null ? null
            : label is { Kind: LabelKind.Class, Shape.Rank: 0 } && loss.GivesProbabilities
            ? OfClasses(model, data, label, cancel)
            : label is { Kind: LabelKind.Number, IsInput: false, Shape.Size: 1 } ? OfNumbers(model, data, cancel)
            : null;
        if (worst is null)
            return new ReportSection("Most wrong samples", []);
        if (worst.Length == 0)
            return new ReportSection("Most wrong samples", [new ReportText("No sample is predicted wrong.")]);
        var rows = data.Take(worst.Select(sample => sample.Row).ToArray());
        return new ReportSection("Most wrong samples",
        [
            rows.Columns.OfType<ImageColumn>().FirstOrDefault() is { } images
                ? new ReportPictures(worst.Select((sample, i) => (Png(images, i),
                    $"row {sample.Row + 1}: {sample.True}, predicted {sample.Predicted}")).ToArray())
                : Table(rows, worst),
        ]);
    }

    private static (int Row, string True, string Predicted)[]? OfClasses(Model model, Dataset data, LabelPlan label,
        CancellationToken cancel)
    {
        var (probabilities, targets) = SampleScores.OfClasses(model, data, cancel);
        // Rows without a label are left out there, so that their numbers are not known.
        return targets.Length != data.Count ? null : Enumerable.Range(0, targets.Length)
            .Where(i => Array.IndexOf(probabilities[i], probabilities[i].Max()) != targets[i])
            .OrderBy(i => probabilities[i][targets[i]]).Take(Most)
            .Select(i => (i, label.Classes[targets[i]],
                $"{label.Classes[Array.IndexOf(probabilities[i], probabilities[i].Max())]} "
                + $"({probabilities[i].Max():0.00})")).ToArray();
    }

    private static (int Row, string True, string Predicted)[]? OfNumbers(Model model, Dataset data,
        CancellationToken cancel)
    {
        var (predictions, targets) = SampleScores.OfNumbers(model, data, cancel);
        return targets.Length != data.Count ? null : Enumerable.Range(0, targets.Length)
            .OrderByDescending(i => Math.Abs(predictions[i] - targets[i])).Take(Most)
            .Select(i => (i, $"{targets[i]:G5}", $"{predictions[i]:G5}")).ToArray();
    }

    private static ReportTable Table(Dataset rows, (int Row, string True, string Predicted)[] worst)
    {
        var columns = rows.Columns.Where(column => !rows.Labels.Contains(column)).Take(MostColumns).ToArray();
        return new ReportTable(["Row", "True", "Predicted", .. columns.Select(column => column.Name)],
            worst.Select((sample, i) => (IReadOnlyList<string>)
            [
                $"{sample.Row + 1}", sample.True, sample.Predicted,
                .. columns.Select(column => Cut(Convert.ToString(column[i], CultureInfo.CurrentCulture) ?? "")),
            ]).ToArray());
    }

    private static byte[] Png(ImageColumn images, int row)
    {
        var size = (int)images.Shape.Size;
        return PngWriter.Bytes(
            Picture.Of(images.Pixels.AsSpan(row * size, size), images.Shape).Scaled(PictureSize));
    }

    private static string Cut(string text) => text.Length <= 80 ? text : text[..79] + "…";
}
