using DeepPS.Common;
using DeepPS.Data;

namespace DeepPS.Inference;

/// <summary>Writes adversarial examples of images to a file to look at: each original, the change, and the changed
/// image.</summary>
public static class AdversarialSheet
{
    /// <summary>A change of this many bytes is shown as white or black.</summary>
    private const int Middle = 128;

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <param name="path">The file: <c>.png</c> or <c>.html</c>.</param>
    /// <param name="data">The dataset of <see cref="AdversarialExamples"/>.</param>
    /// <param name="rows">The rows to show, by number from 0.</param>
    /// <exception cref="DlException"><c>NoImages</c>; <c>NoSamples</c>; <c>UnknownSheetFormat</c>;
    /// <c>TooManySamples</c>; <c>ImageLibraryNotFound</c>.</exception>
    public static void Write(string path, Dataset data, IReadOnlyList<int> rows)
    {
        SampleSheet.Check(path);
        var chosen = data.Take(rows.ToArray());
        if (chosen.Columns.OfType<ImageColumn>().ToArray() is not [var changed, .., var original] || rows.Count == 0)
            throw new DlException(rows.Count == 0 ? "NoSamples" : "NoImages", DlErrorKind.InvalidArgument,
                $"Dataset '{data.Name}' has no images to show. Omit the path to get the dataset alone.", data);
        var strength = Enumerable.Range(0, original.Pixels.Length)
            .Max(i => Math.Abs(changed.Pixels[i] - original.Pixels[i]));
        var size = (int)original.Shape.Size;
        var samples = rows.Select((row, i) =>
        {
            var before = original.Pixels.AsSpan(i * size, size);
            var after = changed.Pixels.AsSpan(i * size, size);
            var label = Text(chosen.Label!, i);
            return new Sample(row + 1, label,
                [Picture.Of(before, original.Shape), Picture.Of(Difference(before, after, strength), original.Shape),
                    Picture.Of(after, original.Shape)])
            {
                Captions = [Caption(AdversarialExamples.OriginalPrediction, i, label), ($"±{strength}/255", null),
                    Caption(AdversarialExamples.Prediction, i, label)],
            };
        }).ToArray();
        SampleSheet.WriteFile(path, $"{data.Name}: {rows.Count:N0} of {data.Count:N0} samples", samples);

        (string, bool?) Caption(string column, int row, string label) =>
            (Text(chosen.Find(column)!, row), Text(chosen.Find(column)!, row) == label);

        string Text(Column column, int row) => Sample.Words(chosen.ValueOf(column, row));
    }

    private static byte[] Difference(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after, int strength)
    {
        var difference = new byte[before.Length];
        for (var i = 0; i < difference.Length; i++)
            difference[i] = (byte)(Middle + (after[i] - before[i]) * (Middle - 1) / Math.Max(1, strength));
        return difference;
    }
}
