using DeepPS.Common;
using DeepPS.Inference;

namespace DeepPS.Plots;

/// <summary>Curves over the thresholds of a class's probability: hits and false hits from the highest score
/// down.</summary>
internal sealed class ClassCurves
{
    private const int MostClasses = 10, MostPoints = 1000;

    /// <summary>The curve of one class.</summary>
    /// <param name="name">The class.</param>
    /// <param name="scores">The score of each sample.</param>
    /// <param name="own">Whether each sample is of the class.</param>
    internal ClassCurves(string name, double[] scores, bool[] own)
    {
        Name = name;
        Positives = own.Count(isOwn => isOwn);
        Count = own.Length;
        var (thresholds, hits, falses) = (new List<double>(), new List<double>(), new List<double>());
        var (hit, wrong) = (0, 0);
        var order = Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i]).ToArray();
        for (var i = 0; i < order.Length; i++)
        {
            if (own[order[i]])
                hit++;
            else
                wrong++;
            // Equal scores are above a threshold together.
            if (i + 1 < order.Length && scores[order[i + 1]] == scores[order[i]])
                continue;
            thresholds.Add(scores[order[i]]);
            hits.Add(hit);
            falses.Add(wrong);
        }

        (Thresholds, Hits, Falses) = (thresholds, hits, falses);
    }

    /// <summary>The class.</summary>
    public string Name { get; }

    /// <summary>The number of samples of the class.</summary>
    public int Positives { get; }

    /// <summary>The number of samples.</summary>
    public int Count { get; }

    /// <summary>Each probability that occurs, the highest first.</summary>
    public IReadOnlyList<double> Thresholds { get; }

    /// <summary>The samples of the class from each threshold on.</summary>
    public IReadOnlyList<double> Hits { get; }

    /// <summary>The other samples from each threshold on.</summary>
    public IReadOnlyList<double> Falses { get; }

    /// <summary>The curve of the positive class, or of each class against the rest where there are more than two and
    /// none is named.</summary>
    /// <exception cref="DlException"><c>TooManyClasses</c>, <c>ClassNotFound</c>, <c>NoProbabilities</c>.</exception>
    public static IReadOnlyList<ClassCurves> Of(PlotInput input, CancellationToken cancel)
    {
        var (model, data) = (input.Model!, input.Data!);
        var (probabilities, targets) = SampleScores.OfClasses(model, data, cancel);
        var label = model.Trained().Plan.Label!;
        int[] classes = input.Positive is not null || label.Classes.Count == 2
            ? [PositiveClass.Of(input.Positive, label)]
            : Enumerable.Range(0, label.Classes.Count).ToArray();
        if (classes.Length > MostClasses)
            throw new DlException("TooManyClasses", DlErrorKind.InvalidArgument,
                $"Label '{label.Name}' has {classes.Length} classes, too many curves for one plot. Choose one with "
                + "-Positive.", label.Name);
        return classes.Select(place => new ClassCurves(label.Classes[place],
            probabilities.Select(row => row[place]).ToArray(), targets.Select(target => target == place).ToArray()))
            .ToArray();
    }

    /// <summary>The area under the ROC curve; NaN where one side has no samples.</summary>
    public double RocArea()
    {
        var (area, lastHits, lastFalses) = (0.0, 0.0, 0.0);
        for (var i = 0; i < Hits.Count; i++)
        {
            area += (Falses[i] - lastFalses) * (Hits[i] + lastHits) / 2;
            (lastHits, lastFalses) = (Hits[i], Falses[i]);
        }

        return area / Positives / (Count - Positives);
    }

    /// <summary>The average precision: the mean of the precision over the hits.</summary>
    public double AveragePrecision()
    {
        var (sum, last) = (0.0, 0.0);
        for (var i = 0; i < Hits.Count; i++)
        {
            sum += (Hits[i] - last) * Hits[i] / (Hits[i] + Falses[i]);
            last = Hits[i];
        }

        return sum / Positives;
    }

    /// <summary>The places of a curve to draw: all, or evenly chosen ones where there are many.</summary>
    public IEnumerable<int> Places() => Hits.Count <= MostPoints ? Enumerable.Range(0, Hits.Count)
        : Enumerable.Range(0, MostPoints).Select(i => (int)((long)i * (Hits.Count - 1) / (MostPoints - 1)));
}
