using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using static TorchSharp.torch;

namespace DeepPS.Plots;

/// <summary>Draws what a network makes of samples, or of words, as places in two dimensions.</summary>
public static class EmbeddingFigure
{
    /// <summary>The room for the words of the rightmost points, as a share of the width.</summary>
    private const double WordRoom = 0.17;

    private const int MostClasses = 12, LeastSamples = 4, Groups = 5, MostSizes = 50;

    /// <summary>The output of a layer for samples, coloured by label.</summary>
    /// <param name="model">A model, trained or not.</param>
    /// <param name="data">The data; without a label all points have one colour.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="DlException"><c>LayerNotFound</c>; <c>TooFewSamples</c>; the data does not fit the
    /// model.</exception>
    public static Figure OfSamples(Model model, Dataset data, EmbeddingOptions options,
        CancellationToken cancel = default)
    {
        var chosen = data.Take(SampleChoice.Choose(data, options.Count, [], options.Seed).ToArray());
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var pass = LayerPass.Of(model, chosen, chosen.Count);
        var name = options.Layer;
        Tensor vectors;
        if (string.Equals(name, NetworkInput.DefaultName, StringComparison.OrdinalIgnoreCase))
        {
            vectors = pass.Batch.Inputs[0];
        }
        else
        {
            var nodes = pass.Network.Nodes.ToList();
            var output = nodes.IndexOf(pass.Network.OutputNode);
            var before = nodes[output].Inputs[0];
            var at = name is null && before >= 0 ? before : name is null ? output
                : LayerChoice.Node(model, name, _ => false);
            name = nodes[at].Name;
            vectors = pass.Network.ForwardNodes(pass.Batch.Inputs, ForwardContext.Inference)[at];
        }

        var (x, y, axes) = Places(vectors.flatten(1), options, cancel);
        return Of($"{model.Name}: {name} of {x.Length:N0} samples", axes, Series(pass.Data.Label, x, y));
    }

    /// <summary>The vectors of the most frequent words.</summary>
    /// <param name="model">A model that reads text by an Embedding layer.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="DlException"><c>NoWords</c>: the model has none; <c>TooFewSamples</c>.</exception>
    public static Figure OfWords(Model model, EmbeddingOptions options, CancellationToken cancel = default)
    {
        var words = WordVectors.Of(model, options.Layer);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var chosen = options.Words.Count > 0 ? options.Words.Select(words.PlaceOf).ToArray()
            : Enumerable.Range(0, Math.Min(options.Count, words.Words.Count)).ToArray();
        var vectors = words.Vectors;
        var rows = tensor(Array.ConvertAll(chosen, place => (long)place), device: vectors.device);
        var own = vectors.index_select(0, rows);
        var (x, y, axes) = Places(own, options, cancel);
        // Words are to the right of their points.
        var room = WordRoom * (x.Max() - x.Min());
        if (room > 0)
            axes.Item1 = axes.Item1 with { Maximum = x.Max() + room };
        return Of($"{model.Name}: vectors of {chosen.Length:N0} words", axes,
            [new Points("", x, y) { Labels = Array.ConvertAll(chosen, place => words.Words[place]) }]);
    }

    private static Figure Of(string title, (Axis X, Axis Y) axes, IReadOnlyList<Series> series) =>
        new(title, [new Panel { X = axes.X, Y = axes.Y, Series = series }]);

    private static (double[] X, double[] Y, (Axis, Axis) Axes) Places(Tensor vectors, EmbeddingOptions options,
        CancellationToken cancel)
    {
        var values = vectors.detach().to(ScalarType.Float64).cpu();
        if (values.shape[0] < LeastSamples)
            throw new DlException("TooFewSamples", DlErrorKind.InvalidData,
                $"A plot in two dimensions needs {LeastSamples} samples or more; got {values.shape[0]}.");
        if (options.Method is EmbeddingMethod.Pca)
        {
            var (places, shares) = PrincipalComponents.Of(values, 2);
            return (Column(places, 0), Column(places, 1), (new Axis($"Component 1 ({shares[0]:P0} of the variance)"),
                new Axis($"Component 2 ({shares.ElementAtOrDefault(1):P0} of the variance)")));
        }

        if (values.shape[1] > MostSizes)
            values = PrincipalComponents.Of(values, MostSizes).Places;
        var found = new NeighbourEmbedding(options.Perplexity).Of(values, cancel);
        return (Column(found, 0), Column(found, 1), (new Axis("t-SNE 1"), new Axis("t-SNE 2")));
    }

    private static double[] Column(Tensor places, int column) => column < places.shape[1]
        ? places.select(1, column).contiguous().data<double>().ToArray() : new double[places.shape[0]];

    /// <summary>A series for each class, the most frequent first, or for each fifth of a number's range.</summary>
    private static Series[] Series(Column? label, double[] x, double[] y)
    {
        var names = label is null ? null : label is NumberColumn ? Fifths(label, x.Length)
            : Enumerable.Range(0, x.Length).Select(row => label.IsMissing(row) ? "(none)" : $"{label[row]}").ToArray();
        if (names is null)
            return [new Points("", x, y)];
        var groups = names.Index().GroupBy(pair => pair.Item, pair => pair.Index)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).ToArray();
        var shown = groups.Take(MostClasses - 1).ToArray();
        var others = groups.Skip(shown.Length).SelectMany(group => group).ToArray();
        var all = shown.OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, Rows: group.ToArray()));
        return (others.Length == 0 ? all : all.Append(("others", others))).Select((group, place) => (Series)new Points(
            group.Item1, group.Item2.Select(row => x[row]).ToArray(), group.Item2.Select(row => y[row]).ToArray())
        {
            Colour = place,
        }).ToArray();
    }

    private static string[] Fifths(Column label, int count)
    {
        var values = Enumerable.Range(0, count).Select(row => label.IsMissing(row) ? double.NaN
            : Convert.ToDouble(label[row], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        var finite = values.Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        var (low, width) = (finite.Min(), (finite.Max() - finite.Min()) / Groups);
        return values.Select(value =>
        {
            if (!double.IsFinite(value))
                return "(none)";
            var group = width > 0 ? Math.Min(Groups - 1, (int)((value - low) / width)) : 0;
            return $"{low + group * width:G3} to {low + (group + 1) * width:G3}";
        }).ToArray();
    }
}
