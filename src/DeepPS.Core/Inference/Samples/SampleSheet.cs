using System.Globalization;
using System.Text;
using DeepPS.Common;
using DeepPS.Data;

namespace DeepPS.Inference;

/// <summary>Writes samples of a dataset of images to a file to look at: a PNG picture or a web page.</summary>
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
    /// <exception cref="DlException"><c>NoImages</c>: the dataset has no column of images; <c>NoSamples</c>: no row is
    /// given; <c>UnknownSheetFormat</c>: the path has another extension; <c>TooManySamples</c>: their picture is too
    /// large; <c>AugmentationUse</c>; <c>ImageLibraryNotFound</c>; as <see cref="Predictor"/>.</exception>
    public static void Write(
        string path, Dataset data, IReadOnlyList<int> rows, SampleSheetOptions? options = null,
        CancellationToken cancel = default)
    {
        options ??= new SampleSheetOptions();
        var isPage = IsPage(path);
        if (rows.Count == 0)
            throw new DlException("NoSamples", DlErrorKind.InvalidData,
                $"Dataset '{data.Name}' has no sample to show.", data);
        var chosen = data.Take(rows.ToArray());
        var images = ImagesOf(chosen) ?? throw new DlException("NoImages", DlErrorKind.InvalidArgument,
            $"Dataset '{data.Name}' has no column of images to show. "
            + $"Columns: {string.Join(", ", data.Columns.Select(column => $"{column.Name} ({column.Kind})"))}.", data);
        var predictions = options.Model is null ? null : Predictor.Predict(options.Model, chosen, cancel);
        var views = options.Augmentations.Count == 0 ? null
            : AugmentedViews.Of(images, options.Augmentations, options.Views, options.Seed, cancel);
        var samples = rows.Select((row, i) => Describe(row, chosen, images, i, views?[i] ?? [], predictions?[i]))
            .ToArray();
        if (isPage)
        {
            var title = $"{data.Name}: {rows.Count:N0} of {data.Count:N0} samples";
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

    private static Sample Describe(
        int row, Dataset chosen, ImageColumn images, int i, IReadOnlyList<Picture> views, Prediction? prediction)
    {
        var size = (int)images.Shape.Size;
        var picture = Picture.Of(images.Pixels.AsSpan(i * size, size), images.Shape);
        var sample = new Sample(row + 1, Sample.Words(chosen.Label?[i]), [picture, .. views]);
        return prediction is null ? sample : sample with
        {
            Prediction = Sample.Words(prediction.Value)
                + (prediction.Probability is { } sure ? " " + sure.ToString("0.00", CultureInfo.CurrentCulture) : ""),
            IsRight = chosen.Label is CategoryColumn { } label && !label.IsMissing(i)
                ? Equals(label[i], prediction.Value)
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
