using System.Globalization;
using System.Text;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Models;

namespace DeepPS.Inference;

/// <summary>Writes samples of a dataset of images or arrays to a file to look at: a PNG picture or a web
/// page.</summary>
public static class SampleSheet
{
    /// <summary>Whether a dataset has images to show.</summary>
    public static bool Fits(Dataset data) => ImagesOf(data) is not null;

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <param name="path">The file: <c>.png</c> for a picture, <c>.html</c> or <c>.htm</c> for a page.</param>
    /// <param name="data">The dataset.</param>
    /// <param name="rows">The rows to show, by number from 0.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancel">Cancels; no file is written.</param>
    /// <exception cref="DlException"><c>NoImages</c>: the dataset has no column of images or arrays;
    /// <c>NoSamples</c>: no row is given; <c>UnknownSheetFormat</c>: the path has another extension;
    /// <c>TooManySamples</c>: their picture is too large; <c>AugmentationUse</c>; <c>ImageLibraryNotFound</c>; as
    /// <see cref="Predictor"/>.</exception>
    public static void Write(
        string path, Dataset data, IReadOnlyList<int> rows, SampleSheetOptions? options = null,
        CancellationToken cancel = default)
    {
        Check(path);
        var samples = Samples(data, rows, options ?? new SampleSheetOptions(), cancel);
        WriteFile(path, $"{data.Name}: {rows.Count:N0} of {data.Count:N0} samples", samples);
    }

    /// <summary>Refuses a path with another extension.</summary>
    /// <exception cref="DlException"><c>UnknownSheetFormat</c>.</exception>
    public static void Check(string path) => IsPage(path);

    /// <summary>Samples of a dataset with their pictures and captions.</summary>
    /// <exception cref="DlException">As <see cref="Write"/>.</exception>
    internal static Sample[] Samples(Dataset data, IReadOnlyList<int> rows, SampleSheetOptions options,
        CancellationToken cancel)
    {
        if (rows.Count == 0)
            throw new DlException("NoSamples", DlErrorKind.InvalidData,
                $"Dataset '{data.Name}' has no sample to show.", data);
        var chosen = data.Take(rows.ToArray());
        var column = SamplePictures.ColumnOf(chosen) ?? throw new DlException("NoImages", DlErrorKind.InvalidArgument,
            $"Dataset '{data.Name}' has no column of images or arrays to show. "
            + $"Columns: {string.Join(", ", data.Columns.Select(column => $"{column.Name} ({column.Kind})"))}.", data);
        if (options.Augmentations.Count > 0 && column is not ImageColumn)
            throw new DlException("NoImages", DlErrorKind.InvalidArgument,
                $"Augmented views are shown of images; column '{column.Name}' is of kind {column.Kind}. Omit the "
                + "augmentations.", data);
        var predictions = options.Model is null ? null : Predictor.Predict(options.Model, chosen, cancel);
        var views = options.Augmentations.Count == 0 ? null
            : AugmentedViews.Of((ImageColumn)column, options.Augmentations, options.Views, options.Seed, cancel);
        return rows.Select((row, i) =>
            Describe(row, chosen, column, i, views?[i] ?? [], predictions?[i], options.Model)).ToArray();
    }

    /// <summary>Writes samples to a picture or a page.</summary>
    /// <exception cref="DlException">As <see cref="Write"/>.</exception>
    internal static void WriteFile(string path, string title, IReadOnlyList<Sample> samples)
    {
        if (IsPage(path))
        {
            AtomicFile.Write(path, stream => WritePage(stream, title, samples));
            return;
        }

        using var sheet = ContactSheet.Draw(samples);
        AtomicFile.Write(path, stream => PngWriter.Write(stream, sheet));
    }

    private static bool IsPage(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".png" => false,
        ".html" or ".htm" => true,
        var other => throw new DlException("UnknownSheetFormat", DlErrorKind.InvalidArgument,
            $"Samples are shown in a .png picture or a .html page; '{other}' was given.", path),
    };

    private static ImageColumn? ImagesOf(Dataset data) => data.Columns.OfType<ImageColumn>().FirstOrDefault();

    private static Sample Describe(int row, Dataset chosen, Column column, int i, IReadOnlyList<Picture> views,
        Prediction? prediction, Model? model)
    {
        var label = chosen.Label;
        var isMask = SamplePictures.IsMask(label);
        Picture[] mask = isMask ? [SamplePictures.Of(label!, i)] : [];
        var sample = new Sample(row + 1, isMask ? "" : Sample.Words(SampleText.InShort(label?[i])),
            [SamplePictures.Of(column, i), .. mask, .. views]);
        if (prediction is null)
            return sample;
        var plan = model!.Plan!;
        if (SamplePictures.OfPrediction(prediction.Value, plan.Label!, plan.Label!.IsInput
                ? plan.InputPlans[0].Scale : null) is { } predicted)
            return sample with
            {
                Pictures = [.. sample.Pictures, predicted],
                Prediction = prediction.Further.FirstOrDefault(value => value.Key == "Error") is { Value: double error }
                    ? error.ToString("error 0.0000", CultureInfo.CurrentCulture)
                    : prediction.Probability?.ToString("0.00", CultureInfo.CurrentCulture) ?? "predicted",
            };
        return sample with
        {
            Prediction = Sample.Words(SampleText.InShort(prediction.Value))
                + (prediction.Probability is { } sure ? " " + sure.ToString("0.00", CultureInfo.CurrentCulture) : ""),
            IsRight = label is CategoryColumn classes && !classes.IsMissing(i)
                ? Equals(chosen.ValueOf(classes, i), prediction.Value)
                : null,
        };
    }

    private static void WritePage(Stream stream, string title, IReadOnlyList<Sample> samples)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            leaveOpen: true);
        SamplePage.Write(writer, title, samples);
    }
}
