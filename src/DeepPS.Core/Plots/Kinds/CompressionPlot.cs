using System.Text.RegularExpressions;

namespace DeepPS.Plots;

/// <summary>Error against size: rows of Measure-DlCompression, or others with Layer, Method, CompressedBytes,
/// ModelBytes and Accuracy or Loss. A panel for each layer, a line for each kind of compression.</summary>
internal sealed partial class CompressionPlot : PlotKind
{
    private const string Layer = "Layer", Method = "Method", Bytes = "CompressedBytes", ModelBytes = "ModelBytes",
        Accuracy = "Accuracy", Loss = "Loss", WeightError = "WeightError", Whole = "*", AsItIs = "None";

    private const int MostPanels = 9;

    /// <inheritdoc/>
    public override bool Suits(PlotInput input) => input.Rows(Layer, Method, Bytes, ModelBytes) is not null;

    /// <inheritdoc/>
    public override Figure Draw(PlotInput input, CancellationToken cancel = default)
    {
        var rows = input.Rows(Layer, Method, Bytes, ModelBytes)
            ?? throw Refused(input, "rows with Layer, Method, CompressedBytes and ModelBytes");
        var measure = new[] { Accuracy, Loss }.FirstOrDefault(
            name => rows.All(row => row.ContainsKey(name) && double.IsFinite(Number(row, name)))) ?? WeightError;
        var before = rows.FirstOrDefault(row => IsOf(row, Method, AsItIs));
        var layers = rows.Where(row => row != before).GroupBy(row => $"{row[Layer]}").ToArray();
        if (layers.Length == 0)
            throw Refused(input, "a row of a compressed layer");
        return new Figure("Compression: error against size",
            layers.Take(MostPanels).Select(layer => PanelOf(layer.Key, layer.ToArray(), measure, before)).ToArray());
    }

    private static Panel PanelOf(string layer, IReadOnlyDictionary<string, object?>[] rows, string measure,
        IReadOnlyDictionary<string, object?>? before)
    {
        var size = layer == Whole ? ModelBytes : Bytes;
        List<Series> series = [];
        foreach (var (place, kind) in rows.GroupBy(row => Kind($"{row[Method]}")).Index())
        {
            var points = kind.OrderBy(row => Number(row, size)).ToArray();
            double[] x = points.Select(row => Number(row, size) / 1000).ToArray(),
                y = points.Select(row => Error(row, measure)).ToArray();
            series.Add(new Line(kind.Key, x, y) { Colour = place });
            series.Add(new Points("", x, y)
            {
                Colour = place,
                Labels = points.Select(row => Setting($"{row[Method]}")).ToArray(),
            });
        }

        if (before is not null && measure != WeightError)
            series.Add(new Rule("as it is", Error(before, measure), false) { Colour = 6 });
        return new Panel
        {
            Title = layer == Whole ? "" : layer,
            X = new Axis(layer == Whole ? "Size of the parameters" : "Size of the layer", "kB")
            {
                IsLog = true,
                // Labels are right of their points.
                Maximum = 1.8 * rows.Max(row => Number(row, size)) / 1000,
            },
            Y = new Axis(measure == Accuracy ? "1 - accuracy"
                : measure == Loss ? "Loss" : "Relative error of the weight"),
            Series = series,
        };
    }

    private static double Error(IReadOnlyDictionary<string, object?> row, string measure) =>
        measure == Accuracy ? 1 - Number(row, measure) : Number(row, measure);

    private static bool IsOf(IReadOnlyDictionary<string, object?> row, string column, string value) =>
        string.Equals($"{row[column]}", value, StringComparison.OrdinalIgnoreCase);

    /// <summary>A method without its numbers: <c>Rank</c> for Rank 16.</summary>
    private static string Kind(string method) => string.Join(' ', Numbers().Replace(method, " ")
        .Split([' ', ','], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The last number of a method, the setting that differs within a kind; empty if it has none.</summary>
    private static string Setting(string method) => Numbers().Matches(method).LastOrDefault()?.Value.Trim() ?? "";

    [GeneratedRegex(@"(?<=\s|^)[\d.]+(x\d+)*(?=[\s,]|$)")]
    private static partial Regex Numbers();
}
