using System.Globalization;
using DeepPS.Common;

namespace DeepPS.Inference;

/// <summary>Writes images that excite units to a file to look at.</summary>
public static class InputSheet
{
    /// <summary>Writes the file, whole or not at all.</summary>
    /// <param name="path">The file: <c>.png</c> or <c>.html</c>.</param>
    /// <param name="title">The title of a page.</param>
    /// <param name="shape">The shape of an image.</param>
    /// <param name="found">The images.</param>
    /// <exception cref="DlException"><c>UnknownSheetFormat</c>; <c>TooManySamples</c>;
    /// <c>ImageLibraryNotFound</c>.</exception>
    public static void Write(string path, string title, Shape shape, IReadOnlyList<FoundInput> found) =>
        SampleSheet.WriteFile(path, title, found.Select(input => new Sample(input.Unit,
            input.Class is null ? $"{input.Layer} {input.Unit}" : $"class {input.Class}",
            [Picture.Of(input.Bytes, shape)],
            Sample.Words(input.Prediction)
                + (input.Probability is { } sure ? sure.ToString(" 0.00", CultureInfo.CurrentCulture) : ""),
            input.Class is null ? null : Equals(input.Class, input.Prediction))).ToArray());
}
