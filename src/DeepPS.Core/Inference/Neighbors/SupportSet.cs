using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Models;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>Labelled samples as a layer of a model represents them: others are classified by their neighbors among
/// them.</summary>
public sealed class SupportSet : IDisposable
{
    private readonly Model model;
    private readonly NeighborOptions options;
    private readonly Tensor vectors;
    private readonly object?[] labels;
    private readonly int[] rows;

    /// <summary>Represents samples by a layer of a model.</summary>
    /// <param name="model">A trained model.</param>
    /// <param name="support">The samples; their label may have classes that the model does not know.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="DlException"><c>LayerNotFound</c>, <c>ModelNotTrained</c>, <c>EmptyDataset</c>, or the data
    /// does not fit the model.</exception>
    public SupportSet(Model model, Dataset support, NeighborOptions options, CancellationToken cancel = default)
    {
        using var scope = NewDisposeScope();
        rows = Labelled(support);
        var used = rows.Length == support.Count ? support : support.Take(rows);
        var parts = new List<Tensor>();
        Representations.Each(model, used, options.Layer,
            (part, _) => parts.Add(part.clone().MoveToOuterDisposeScope()), cancel);
        (this.model, this.options, Name) = (model, options, support.Name);
        vectors = (parts.Count == 1 ? parts[0] : cat(parts, 0)).DetachFromDisposeScope();
        labels = Enumerable.Range(0, used.Count)
            .Select(row => used.Label is { } label ? used.ValueOf(label, row) : null).ToArray();
        IsClassified = used.Label is CategoryColumn;
    }

    private SupportSet(SupportSet other, Tensor vectors, object?[] labels)
    {
        (model, Name, IsClassified) = (other.model, other.Name, true);
        (this.vectors, this.labels) = (vectors, labels);
        options = other.options with { Count = 1 };
        rows = Enumerable.Range(0, labels.Length).ToArray();
    }

    /// <summary>The dataset's name.</summary>
    public string Name { get; }

    /// <summary>The number of samples.</summary>
    public int Count => labels.Length;

    /// <summary>Whether the label is a class, so that neighbors can vote.</summary>
    public bool IsClassified { get; }

    /// <summary>The number of samples of each class.</summary>
    public IReadOnlyList<(object Class, int Count)> Classes => IsClassified
        ? labels.CountBy(label => label!).Select(pair => (pair.Key, pair.Value)).ToArray() : [];

    /// <summary>The classes of which too few samples exist for a majority of the neighbors.</summary>
    public IEnumerable<(object Class, int Count)> TooFew =>
        Classes.Where(own => 2 * own.Count < options.Count - (options.Count > 2 ? 0 : 1));

    /// <summary>The mean of each class, as a set of one sample for each (Snell, Swersky and Zemel 2017).</summary>
    /// <exception cref="DlException"><c>NoLabel</c>.</exception>
    public SupportSet Prototypes()
    {
        NeedClasses();
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var classes = labels.Distinct().ToList();
        var numbers = tensor(labels.Select(label => (long)classes.IndexOf(label)).ToArray(), device: vectors.device);
        var sums = zeros([classes.Count, vectors.shape[1]], device: vectors.device).index_add(0, numbers, vectors, 1);
        var means = sums.div(numbers.bincount(null, classes.Count).unsqueeze(1));
        return new SupportSet(this, means.DetachFromDisposeScope(), classes.ToArray());
    }

    /// <summary>The neighbors of each sample, the nearest first.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="firstRow">The number of the first sample.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="DlException">The data does not fit the model.</exception>
    public IReadOnlyList<NearestSample> Find(Dataset data, int firstRow = 1, CancellationToken cancel = default)
    {
        var all = new List<NearestSample>();
        Representations.Each(model, data, options.Layer, (queries, own) =>
        {
            var (distances, places) = NearestVectors.Of(queries, vectors, options.Count, options.Distance);
            for (var i = 0; i < own.Length; i++)
                all.AddRange(Of(own[i] + firstRow, i, distances, places));
        }, cancel);
        return all;
    }

    /// <summary>Throws if the support has no classes.</summary>
    internal void NeedClasses()
    {
        if (!IsClassified)
            throw new DlException("NoLabel", DlErrorKind.InvalidData,
                $"Support '{Name}' has no label that is a class, so neighbors cannot vote. Name its label.", Name);
    }

    /// <summary>Frees the vectors.</summary>
    public void Dispose() => vectors.Dispose();

    private IEnumerable<NearestSample> Of(int row, int query, double[,] distances, long[,] places)
    {
        var count = places.GetLength(1);
        var found = Enumerable.Range(0, count).Select(rank => (int)places[query, rank]).ToArray();
        // Groups are in the order of their nearest, and MaxBy takes the first of several.
        var most = IsClassified ? found.GroupBy(place => labels[place]).MaxBy(group => group.Count()) : null;
        return found.Select((place, rank) => new NearestSample
        {
            Row = row,
            Order = rank + 1,
            Neighbor = rows[place] + 1,
            Class = labels[place],
            Distance = distances[query, rank],
            Prediction = most?.Key,
            Share = most is null ? null : (double)most.Count() / count,
        });
    }

    /// <summary>The rows with a label; all rows of a dataset without one.</summary>
    private static int[] Labelled(Dataset support) => Enumerable.Range(0, support.Count)
        .Where(row => support.Label is not { } label || !label.IsMissing(row)).ToArray();
}
