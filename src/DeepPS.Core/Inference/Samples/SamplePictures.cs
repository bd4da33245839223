using System.Collections;
using System.Globalization;
using DeepPS.Common;
using DeepPS.Data;

namespace DeepPS.Inference;

/// <summary>The pictures of samples: of an image, of an array or a window, of a label that is a mask, and of a model's
/// reconstruction or predicted mask.</summary>
internal static class SamplePictures
{
    /// <summary>The column that is shown: the first one of images, else of arrays; null if there is none.</summary>
    public static Column? ColumnOf(Dataset data)
    {
        var columns = data.Columns.Where(column => !data.IsLabel(column)).ToArray();
        return columns.FirstOrDefault(column => column is ImageColumn)
            ?? columns.FirstOrDefault(column =>
                column is TensorColumn or WindowColumn && ArrayPicture.Fits(ShapeOf(column)));
    }

    /// <summary>The picture of a row.</summary>
    public static Picture Of(Column column, int row) => column switch
    {
        ImageColumn images => Picture.Of(images.Pixels.AsSpan((int)(row * images.Shape.Size), (int)images.Shape.Size),
            images.Shape),
        WindowColumn windows => ArrayPicture.Of(windows.Of(row).ToArray()
            .Where((_, place) => place % windows.Shape[1] == 0).ToArray(), new Shape(windows.Shape[0])),
        TokenColumn tokens => ArrayPicture.OfClasses(
            tokens.Codes.AsSpan((int)(row * tokens.Shape.Size), (int)tokens.Shape.Size).ToArray(), tokens.Shape),
        TensorColumn arrays => ArrayPicture.Of(Array.ConvertAll(
            arrays.Values.AsSpan((int)(row * arrays.Shape.Size), (int)arrays.Shape.Size).ToArray(),
            value => (double)value), arrays.Shape),
        _ => throw new ArgumentException($"A column of kind {column.Kind} has no picture.", nameof(column)),
    };

    /// <summary>Whether a label is a mask: a class or a number for each pixel.</summary>
    public static bool IsMask(Column? label) => label is TokenColumn or TensorColumn && ShapeOf(label).Rank >= 2
        && ArrayPicture.Fits(ShapeOf(label));

    /// <summary>The picture of a predicted array; null if the prediction is none.</summary>
    /// <param name="value">The prediction.</param>
    /// <param name="label">The label of the model.</param>
    /// <param name="scale">How the pixels of a reconstruction are standardised; null: they are not.</param>
    public static Picture? OfPrediction(object value, LabelPlan label, ChannelScale? scale)
    {
        if (value is string or not IEnumerable || !ArrayPicture.Fits(label.Shape))
            return null;
        var flat = SampleText.Flat(value).ToArray();
        if (label.Kind is LabelKind.Class)
        {
            var classes = label.Classes.ToList();
            return ArrayPicture.OfClasses(Array.ConvertAll(flat,
                name => classes.IndexOf(Convert.ToString(name, CultureInfo.InvariantCulture)!)), label.Shape);
        }

        var numbers = Array.ConvertAll(flat, number => Convert.ToDouble(number, CultureInfo.InvariantCulture));
        if (scale is not null)
            for (var i = 0; i < numbers.Length; i++)
            {
                var channel = i * scale.Mean.Length / numbers.Length;
                numbers[i] = numbers[i] * scale.Deviation[channel] + scale.Mean[channel];
            }

        return ArrayPicture.Of(numbers, label.Shape, label.IsInput && label.Shape.Rank == 3 ? (0, 1) : null);
    }

    private static Shape ShapeOf(Column? column) => column switch
    {
        ImageColumn images => images.Shape,
        WindowColumn windows => windows.Shape,
        TokenColumn tokens => tokens.Shape,
        TensorColumn arrays => arrays.Shape,
        _ => new Shape(),
    };
}
