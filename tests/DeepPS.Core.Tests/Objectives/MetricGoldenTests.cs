using System.Text.Json.Nodes;
using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Objectives;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>Metrics compared with scikit-learn's values, for different batch sizes.</summary>
public class MetricGoldenTests
{
    public static TheoryData<int, int, string> Metrics
    {
        get
        {
            var data = new TheoryData<int, int, string>();
            foreach (var (set, golden) in Golden.Load("metrics").Index())
                foreach (var (place, metric) in golden["metrics"]!.AsArray().Index())
                    data.Add(set, place, $"{metric!["type"]} {metric["settings"]!.ToJsonString()}");
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Metrics))]
    public void AMetricGivesScikitLearnsValues(int set, int place, string name)
    {
        var golden = Golden.Load("metrics")[set];
        var expected = golden["metrics"]![place]!;
        Assert.StartsWith((string)expected["type"]!, name);
        var metric = Golden.Item<Metric>(expected);
        foreach (var batch in new[] { int.MaxValue, 1, 4 })
        {
            var values = Measure(metric, golden, batch);
            Assert.Equal(expected["values"]!.AsObject().Select(value => value.Key), values.Select(value => value.Key));
            foreach (var (key, value) in values)
                Equal(expected["values"]![key]?.GetValue<double>(), value, $"{key} by {batch}");
            if (!metric.IsTable)
                Assert.All(values, value => Assert.True(metric.Gives(value.Key)));
        }
    }

    /// <summary>Those of text are in <see cref="TextMetricTests"/>.</summary>
    [Fact]
    public void EveryMetricHasGoldenValues()
    {
        var golden = Golden.Load("metrics").SelectMany(set => set["metrics"]!.AsArray());
        Assert.Empty(CatalogIndex.Get(CatalogKind.Metric).Select(entry => entry.Name)
            .Where(name => CatalogIndex.Create<Metric>(name).LabelKind != LabelKind.Text)
            .Except(golden.Select(metric => (string)metric!["type"]!)));
    }

    private static KeyValuePair<string, double>[] Measure(Metric metric, JsonNode golden, int size)
    {
        using var scope = NewDisposeScope();
        var (output, target) = (Golden.Tensor(golden["output"]!), Golden.Tensor(golden["target"]!));
        var classes = golden["classes"]!.AsArray().Select(name => (string)name!).ToArray();
        var label = classes.Length > 0 ? new LabelPlan("label", LabelKind.Class, new Shape(), classes)
            : new LabelPlan("label", LabelKind.Number, new Shape(target.shape.Skip(1)), []);
        var loss = golden["loss"] is { } named ? CatalogIndex.Create<Loss>((string)named!) : new MSELoss();
        var reader = new OutputReader(label, loss);
        using var sum = metric.Begin(CPU, classes);
        for (var first = 0L; first < target.shape[0]; first += size)
        {
            var length = Math.Min(size, target.shape[0] - first);
            using var batch = reader.Read(
                output.narrow(0, first, length), target.narrow(0, first, length), gaps: false);
            sum.Add(batch);
        }

        return sum is ConfusionSum table ? table.Rows().SelectMany(row => row.Predicted()
                .Select(count => KeyValuePair.Create($"{row.Class}_{count.Key}", (double)count.Value))).ToArray()
            : sum.Values(metric.Name).ToArray();
    }

    private static void Equal(double? expected, double actual, string what)
    {
        if (expected is not { } number)
            Assert.True(double.IsNaN(actual), $"{what} is {actual}, not NaN");
        else
            Assert.True(Math.Abs(number - actual) <= 1e-10 * Math.Max(1, Math.Abs(number)),
                $"{what} is {actual}, not {number}");
    }
}
