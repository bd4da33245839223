using DeepPS.Models;
using DeepPS.Training;

namespace DeepPS.Plots;

/// <summary>Losses and metrics by epoch, of one training or of several.</summary>
internal sealed class LearningCurvePlot : PlotKind
{
    private const string Validation = "Validation";
    private const int MostMetrics = 5;

    /// <inheritdoc/>
    public override bool Suits(PlotInput input) => input.Data is null && (input.Are<EpochRecord>()
        || input.Are<RunInfo>() || input.Are<Model>()
        || input.Rows(nameof(EpochRecord.Epoch), nameof(EpochRecord.Loss)) is not null);

    /// <inheritdoc/>
    public override Figure Draw(PlotInput input, CancellationToken cancel = default)
    {
        var curves = Curves(input).Where(curve => curve.Records.Count > 0).ToArray();
        if (curves.Length == 0)
            throw Refused(input, "epochs, or runs or models with at least one finished epoch");
        var names = curves.SelectMany(curve => curve.Records[0].Metrics()).Select(metric => metric.Key).Distinct()
            .ToArray();
        var metrics = names.Where(name => !name.StartsWith(Validation, StringComparison.Ordinal)
            || !names.Contains(name[Validation.Length..])).Take(MostMetrics);
        var panels = metrics.Select(name => PanelOf(name, curves, record => Metric(record, name),
            name.StartsWith(Validation, StringComparison.Ordinal) ? _ => null
                : record => Metric(record, Validation + name)));
        return new Figure(curves.Length == 1 ? $"Learning curves: {curves[0].Name}"
            : $"Learning curves of {curves.Length} runs (dashed: training, solid: validation)",
            [PanelOf(nameof(EpochRecord.Loss), curves, record => record.Loss, record => record.ValidationLoss),
                .. panels]);
    }

    /// <summary>The epoch with the smallest validation loss, or loss where there is none.</summary>
    internal static EpochRecord Best(IReadOnlyList<EpochRecord> records) =>
        records.MinBy(record => (record.ValidationLoss ?? record.Loss) is var loss && double.IsNaN(loss)
            ? double.PositiveInfinity : loss)!;

    private static double? Metric(EpochRecord record, string name) =>
        record.Metrics().Where(metric => metric.Key == name).Select(metric => (double?)metric.Value).FirstOrDefault();

    private static Panel PanelOf(string name, (string Name, IReadOnlyList<EpochRecord> Records)[] curves,
        Func<EpochRecord, double?> train, Func<EpochRecord, double?> validation)
    {
        var series = new List<Series>();
        foreach (var (place, curve) in curves.Index())
        {
            var epochs = curve.Records.Select(record => (double)record.Epoch).ToArray();
            var (trained, validated) = (Values(train), Values(validation));
            var best = Best(curve.Records);
            if (curves.Length == 1)
            {
                Add(new Line("training", epochs, trained));
                Add(new Line("validation", epochs, validated) { Colour = 1 });
                series.Add(new Rule($"best epoch: {best.Epoch}", best.Epoch, true) { Colour = 6 });
                continue;
            }

            var hasBoth = validated.Any(double.IsFinite);
            Add(new Line(hasBoth ? "" : curve.Name, epochs, trained) { Colour = place, IsDashed = hasBoth });
            Add(new Line(curve.Name, epochs, validated) { Colour = place });
            if ((hasBoth ? validation : train)(best) is { } value)
                series.Add(new Points("", [best.Epoch], [value]) { Colour = place, Size = 9 });

            double[] Values(Func<EpochRecord, double?> value) =>
                curve.Records.Select(record => value(record) ?? double.NaN).ToArray();
        }

        return new Panel { X = new Axis("Epoch"), Y = new Axis(name), Series = series };

        void Add(Line line)
        {
            if (line.Y.Any(double.IsFinite))
                series.Add(line);
        }
    }

    private static IReadOnlyList<(string Name, IReadOnlyList<EpochRecord> Records)> Curves(PlotInput input)
    {
        if (input.Are<RunInfo>())
            return Unique(input.Items.Cast<RunInfo>()
                .Select(run => (run.Model, run.Name, (IReadOnlyList<EpochRecord>)run.History())).ToArray());
        if (input.Are<Model>())
            return Unique(input.Items.Cast<Model>().Select((model, i) =>
                (model.Name, $"{model.Name} {i + 1}", model.History)).ToArray());
        var records = input.Are<EpochRecord>() ? input.Items.Cast<EpochRecord>().ToArray()
            : (input.Rows(nameof(EpochRecord.Epoch), nameof(EpochRecord.Loss)) ?? []).Select(Record).ToArray();
        // Where the epochs begin again, another training begins.
        var curves = new List<List<EpochRecord>>();
        foreach (var record in records)
        {
            if (curves.Count == 0 || record.Epoch <= curves[^1][^1].Epoch)
                curves.Add([]);
            curves[^1].Add(record);
        }

        return curves.Select((curve, i) => (curves.Count == 1 ? $"{curve.Count} epochs" : $"training {i + 1}",
            (IReadOnlyList<EpochRecord>)curve)).ToArray();
    }

    /// <summary>Short names where they are different, else long ones.</summary>
    private static (string, IReadOnlyList<EpochRecord>)[] Unique(
        (string Short, string Long, IReadOnlyList<EpochRecord> Records)[] curves) =>
        curves.Select(curve => (curves.Count(other => other.Short == curve.Short) == 1 ? curve.Short : curve.Long,
            curve.Records)).ToArray();

    private static EpochRecord Record(IReadOnlyDictionary<string, object?> row) => EpochValue.Record(
        name => Number(row, name),
        row.Keys.Where(name => !EpochValue.All.Any(own => own.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            .Where(name => row[name] is null or double or float
                || double.TryParse($"{row[name]}", System.Globalization.CultureInfo.InvariantCulture, out _))
            .Select(name => KeyValuePair.Create(name, Number(row, name))).ToArray());
}
