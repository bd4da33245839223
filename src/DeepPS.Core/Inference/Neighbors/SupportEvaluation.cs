using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Models;

namespace DeepPS.Inference;

/// <summary>How well the neighbors in a support set tell the classes of samples.</summary>
public sealed record SupportEvaluation
{
    /// <summary>The name of the measured dataset.</summary>
    public required string Dataset { get; init; }

    /// <summary>The number of measured samples.</summary>
    public required int Count { get; init; }

    /// <summary>The number of samples in the support.</summary>
    public required int Support { get; init; }

    /// <summary>The number of classes in the support.</summary>
    public required int Way { get; init; }

    /// <summary>The share of the samples whose class was found.</summary>
    public required double Accuracy { get; init; }

    /// <summary>Classifies samples by their neighbors in a support set, and compares with their classes.</summary>
    /// <param name="model">A trained model.</param>
    /// <param name="data">Samples with a class label.</param>
    /// <param name="support">The labelled samples; their classes need not be those of the training.</param>
    /// <param name="options">The options.</param>
    /// <param name="byPrototype">Whether the mean of each class is compared with, not its samples.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="DlException"><c>NoLabel</c>: data or support has no class label; <c>SupportClass</c>: a class
    /// has too few samples for a majority; or the data does not fit the model.</exception>
    public static SupportEvaluation Measure(Model model, Dataset data, Dataset support, NeighborOptions options,
        bool byPrototype = false, CancellationToken cancel = default)
    {
        if (data.Label is not CategoryColumn label)
            throw new DlException("NoLabel", DlErrorKind.InvalidData,
                $"Dataset '{data.Name}' has no label that is a class to compare with. Name its label.", data);
        using var all = new SupportSet(model, support, options, cancel);
        all.NeedClasses();
        if (!byPrototype && all.TooFew.FirstOrDefault() is { Class: not null } few)
            throw new DlException("SupportClass", DlErrorKind.InvalidData,
                $"Class '{few.Class}' has {few.Count} {(few.Count == 1 ? "sample" : "samples")} in support "
                + $"'{support.Name}', too few for a majority of {options.Count} neighbors. Add samples, or use a "
                + "smaller -Count or -Prototype.", few.Class);
        using var prototypes = byPrototype ? all.Prototypes() : null;
        var known = data.Take(Enumerable.Range(0, data.Count).Where(row => !label.IsMissing(row)).ToArray());
        var found = (prototypes ?? all).Find(known, 0, cancel).Where(neighbor => neighbor.Order == 1).ToArray();
        var right = found.Count(neighbor => Equals($"{neighbor.Prediction}",
            $"{known.ValueOf(known.Label!, neighbor.Row)}"));
        return new SupportEvaluation
        {
            Dataset = data.Name,
            Count = found.Length,
            Support = all.Count,
            Way = all.Classes.Count,
            Accuracy = (double)right / found.Length,
        };
    }
}
