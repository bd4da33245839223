using DeepPS.Commands;
using DeepPS.Data;

namespace DeepPS.Import;

/// <summary>The cmdlet's parameters for images, as options of the readers.</summary>
internal static class ImageParameters
{
    /// <summary>Options for image files.</summary>
    public static ImageSetOptions Options(ImportContext context)
    {
        var cmdlet = context.Cmdlet;
        return new ImageSetOptions
        {
            Preparation = new ImagePreparation
            {
                Size = cmdlet.ImageSize is { } size ? new ImageSize(size[0], size[^1]) : null,
                Fit = cmdlet.ImageFit,
                Mode = cmdlet.ImageMode,
            },
            Normalization = cmdlet.ImageNormalize ?? default,
            MemoryLimit = cmdlet.MemoryLimit,
            Label = cmdlet.Label.FirstOrDefault() ?? "Label",
            Strict = cmdlet.Strict,
            Warn = context.Warn,
            Log = context.Log,
            Progress = context.Progress,
        };
    }

    /// <summary>A dataset of arrays of pixels with -ImageNormalize applied, where it was given.</summary>
    public static Dataset Normalize(Dataset data, ImportDlDatasetCommand cmdlet) =>
        cmdlet.ImageNormalize is { } rule ? ImageSetReader.Normalized(data, rule) : data;
}
