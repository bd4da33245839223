using System.Text.Json.Nodes;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Training;
using TorchSharp;

namespace DeepPS.Tests;

/// <summary>Permutation importance and partial dependence: scikit-learn's values, and what follows from the
/// definition.</summary>
[Collection(nameof(WholeProcess))]
public class ImportanceTests
{
    public static TheoryData<int, string> Cases => Golden.Names("importance");

    [Theory, MemberData(nameof(Cases))]
    public void ImportanceIsScikitLearns(int index, string name)
    {
        var golden = Golden.Load("importance")[index];
        Assert.StartsWith((string)golden["type"]!, name);
        var (model, data) = Of(golden);
        using var _ = model;
        var options = new ImportanceOptions
        {
            Repeats = 3,
            Metrics = [data.Label is NumberColumn ? new R2() : new Accuracy()],
            Permutation = (column, repeat) =>
                golden["orders"]![column]![repeat]!.AsArray().Select(row => (long)row!).ToArray(),
        };
        var rows = ImportanceMeter.Measure(model, data, options).ToArray();
        Assert.Equal(["x0", "x1", "x2", "x3"], rows.Select(row => row.Column));
        foreach (var (column, row) in rows.Index())
        {
            Assert.Equal((double)golden["mean"]![column]!, row.Importance, 1e-5);
            Assert.Equal((double)golden["deviation"]![column]!, row.Deviation, 1e-5);
            foreach (var (repeat, value) in row.EachRepeat().Index())
                Assert.Equal((double)golden["each"]![column]![repeat]!, value, 1e-5);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void PartialDependenceIsScikitLearns(int index, string name)
    {
        var golden = Golden.Load("importance")[index];
        Assert.StartsWith((string)golden["type"]!, name);
        var (model, data) = Of(golden);
        using var _ = model;
        var points = DependenceCurve.Measure(model, data, "X1", 5, (0, 1), default).ToArray();
        var curves = golden["curve"]!.AsArray();
        Assert.Equal(5 * curves.Count, points.Length);
        for (var i = 0; i < points.Length; i++)
        {
            Assert.Equal((double)golden["grid"]![i / curves.Count]!, (double)points[i].Value, 1e-5);
            Assert.Equal((double)curves[i % curves.Count]![i / curves.Count]!, points[i].Prediction, 1e-5);
            Assert.Equal(curves.Count == 1 ? null : $"{i % curves.Count}", points[i].Class?.ToString());
        }
    }

    /// <summary>A group is permuted as one: where the label is a function of the difference of two equal columns, each
    /// alone matters and both together do not.</summary>
    [Fact]
    public void AGroupIsPermutedTogether()
    {
        var random = new Random(1);
        var x = Enumerable.Range(0, 400).Select(_ => random.NextDouble()).ToArray();
        var z = Enumerable.Range(0, 400).Select(_ => random.NextDouble()).ToArray();
        var none = new ColumnSettings { Scaling = Scaling.None };
        var data = new Dataset("twins", [new NumberColumn("a", x).With(none), new NumberColumn("b", x).With(none),
            new NumberColumn("c", z).With(none), new NumberColumn("y", z)], "y");
        using var model = ExplainedModels.Untrained(data, new Dense { Units = 1 });
        model.Network!.Parameters[0].Load(torch.tensor([3f, -3f, 1f]).reshape(1, 3));
        model.Network!.Parameters[1].Load(torch.zeros(1));
        var options = new ImportanceOptions
        {
            Groups = [new("twins", ["a", "B"])], Metrics = [new MAE()], Repeats = 2,
        };
        var rows = ImportanceMeter.Measure(model, data, options).ToArray();
        Assert.Equal(["twins", "c"], rows.Select(row => row.Column));
        Assert.Equal(0, rows[0].Importance, 1e-6);
        Assert.InRange(rows[1].Importance, 0.25, 0.42);
        Assert.InRange(ImportanceMeter.Measure(model, data, options with { Groups = [], Columns = ["a"] })
            .Single().Importance, 0.75, 1.25);
    }

    /// <summary>The label is a function of the second step: its lag matters, no other does.</summary>
    [Fact]
    public void StepsOfASequenceAreMeasuredByLag()
    {
        var random = new Random(2);
        var values = Enumerable.Range(0, 3 * 200).Select(_ => (float)random.NextDouble()).ToArray();
        var label = Enumerable.Range(0, 200).Select(row => (double)values[3 * row + 1]).ToArray();
        var data = new Dataset("steps",
            [new TensorColumn("x", values, new Shape(3, 1)), new NumberColumn("y", label)], "y");
        using var model = ExplainedModels.Untrained(data, new Flatten(), new Dense { Units = 1 });
        model.Network!.Parameters[0].Load(torch.tensor([0f, 1f, 0f]).reshape(1, 3));
        var rows = ImportanceMeter.Measure(model, data, new ImportanceOptions { ByLag = true }).ToArray();
        Assert.Equal([3, 2, 1], rows.Select(row => row.Lag));
        Assert.Equal([0, rows[1].Importance, 0], rows.Select(row => row.Importance));
        Assert.True(rows[1].Importance > 0.1);
    }

    [Fact]
    public void TheModelAndTheDataStayAsTheyAreAndNoTensorIsLeft()
    {
        var data = new Blobs { Count = 90, Centers = 3 }.Generate(1);
        using var model = new Model([new Dense { Units = 4 }, new Dense { Units = 3 }]);
        new Trainer(model, new TrainingOptions { Epochs = 2 }).Run(data).Last();
        var before = Evaluator.Measure(model, data);
        Run();
        var live = Live();
        var first = Run();
        Assert.Equal(live, Live());
        Assert.Equal(first.Select(row => row.Importance), Run().Select(row => row.Importance));
        Assert.All(first, row => Assert.Equal(before.Metrics()[0].Value, row.Baseline));
        Assert.Equal($"{before}", $"{Evaluator.Measure(model, data)}");

        ColumnImportance[] Run()
        {
            _ = DependenceCurve.Measure(model, data, data.Columns[0].Name, 3).Count();
            return ImportanceMeter.Measure(model, data).ToArray();
        }
    }

    [Fact]
    public void MistakesAreNamed()
    {
        var data = new Blobs { Count = 30, Centers = 3 }.Generate(1);
        using var model = ExplainedModels.Untrained(data, new Dense { Units = 3 });
        Assert.Equal("ColumnNotFound", Id(new ImportanceOptions { Columns = ["none"] }));
        Assert.Equal("NoSteps", Id(new ImportanceOptions { ByLag = true }));
        Assert.Equal("MetricLabel", Id(new ImportanceOptions { Metrics = [new MAE()] }));

        string Id(ImportanceOptions options) =>
            Assert.Throws<DlException>(() => ImportanceMeter.Measure(model, data, options).Count()).Id;
    }

    private static long Live()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return torch.Tensor.TotalCount;
    }

    private static (Model Model, Dataset Data) Of(JsonNode golden)
    {
        using var inputs = Golden.Tensor(golden["inputs"]!);
        using var targets = Golden.Tensor(golden["targets"]!);
        var table = ExplainedModels.Table(inputs.data<float>().ToArray(), 4);
        Column label = targets.dtype == torch.ScalarType.Int64
            ? new CategoryColumn("y", targets.data<long>().Select(code => (int)code).ToArray(), ["0", "1", "2"])
            : new NumberColumn("y", targets.data<float>().Select(value => (double)value).ToArray());
        var data = new Dataset("golden", [.. table.Columns.SkipLast(1), label], "y");
        var model = ExplainedModels.Untrained(data, new Dense { Units = 6, Activation = new Tanh() },
            new Dense { Units = label is CategoryColumn ? 3 : 1 });
        ExplainedModels.Load(model, golden["parameters"]!);
        return (model, data);
    }
}
