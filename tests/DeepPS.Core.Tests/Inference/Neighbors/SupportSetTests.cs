using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Training;
using TorchSharp;

namespace DeepPS.Tests;

[Collection(nameof(WholeProcess))]
public class SupportSetTests
{
    /// <summary>Points on a line with a class each.</summary>
    private static Dataset Points(string name, params (double X, string? Class)[] points)
    {
        var names = points.Select(point => point.Class).OfType<string>().Distinct().ToArray();
        return new Dataset(name,
            [
                new NumberColumn("x", points.Select(point => point.X).ToArray()),
                new CategoryColumn("side", points.Select(point => Array.IndexOf(names, point.Class)).ToArray(), names),
            ], "side");
    }

    private static Model Trained(Loss? loss = null)
    {
        var model = new Model([new Dense { Units = 2, Name = "first" }, new Dense { Units = 2 }], seed: 1);
        new Trainer(model, new TrainingOptions { Epochs = 1, Loss = loss }).Run(Sets.Sides(20, 20)).Last();
        return model;
    }

    private static readonly Dataset Support = Points("support", (0.1, "low"), (0.2, "low"), (0.9, "high"),
        (0.5, null), (0.8, "high"), (0.32, "middle"));

    private static readonly NeighborOptions OnTheLine = new()
    {
        Layer = "input", Count = 3, Distance = NeighborDistance.Euclidean,
    };

    [Fact]
    public void NeighborsVoteAndTheNearestDecidesTies()
    {
        using var model = Trained();
        using var set = new SupportSet(model, Support, OnTheLine);
        var found = set.Find(Points("query", (0.12, "low"), (0.86, "high"), (0.49, "high")), firstRow: 7);
        Assert.Equal([7, 7, 7, 8, 8, 8, 9, 9, 9], found.Select(one => one.Row));
        Assert.Equal([1, 2, 3, 1, 2, 3, 1, 2, 3], found.Select(one => one.Order));
        // Row 4 of the support has no class and is left out.
        Assert.Equal([1, 2, 6, 3, 5, 6, 6, 2, 5], found.Select(one => one.Neighbor));
        Assert.Equal(["low", "high", "middle"], found.Where(one => one.Order == 1).Select(one => one.Prediction));
        Assert.Equal([2 / 3.0, 2 / 3.0, 1 / 3.0], found.Where(one => one.Order == 2).Select(one => one.Share!.Value));
        Assert.Equal(("middle", 1), Assert.Single(set.TooFew));
    }

    [Fact]
    public void PrototypesAreTheMeansOfTheClasses()
    {
        using var model = Trained();
        var input = OnTheLine with { Count = 1 };
        using var set = new SupportSet(model, Support, input);
        using var prototypes = set.Prototypes();
        Assert.Equal(3, prototypes.Count);
        // The means are 0.15, 0.85 and 0.32: 0.235 and 0.585 are half-way between them.
        var found = prototypes.Find(Points("query", (0.23, "low"), (0.24, "low"), (0.58, "low"), (0.59, "low")));
        Assert.Equal(["low", "middle", "middle", "high"], found.Select(one => one.Class));
    }

    [Fact]
    public void ClassesThatTheModelDoesNotKnowAreMeasured()
    {
        using var model = Trained();
        var query = Points("query", (0.12, "low"), (0.19, "low"), (0.7, "high"), (0.33, "high"), (0.4, null));
        var measured = SupportEvaluation.Measure(model, query, Support, OnTheLine with { Count = 1 });
        Assert.Equal(("query", 4, 5, 3, 0.75),
            (measured.Dataset, measured.Count, measured.Support, measured.Way, measured.Accuracy));
        Assert.Equal(0.75, SupportEvaluation.Measure(model, query, Support, OnTheLine, byPrototype: true).Accuracy);
        var error = DataFiles.Fails("SupportClass",
            () => SupportEvaluation.Measure(model, query, Support, OnTheLine));
        Assert.Contains("'middle' has 1 sample", error.Message);
        DataFiles.Fails("NoLabel", () => SupportEvaluation.Measure(model, Sets.Line(), Support, OnTheLine));
        DataFiles.Fails("NoLabel", () => SupportEvaluation.Measure(model, query, Sets.Line(), OnTheLine));
        DataFiles.Fails("LayerNotFound",
            () => new SupportSet(model, Support, OnTheLine with { Layer = "nothing" }));
    }

    [Fact]
    public void AModelOfEmbeddingsComparesItsOutputAndPredictsIt()
    {
        using var model = Trained(new BatchHardTriplet());
        using var classes = Trained();
        var query = Sets.Sides(2, 2);
        var embedding = Assert.IsType<double[]>(Predictor.Predict(model, query)[0].Value);
        Assert.Equal(2, embedding.Length);
        // The default layer of a classifier is the one before the output, that of a model of embeddings its output.
        Assert.Equal(First(model, null), First(model, "dense1"));
        Assert.Equal(First(classes, null), First(classes, "first"));
        Assert.NotEqual(First(model, null), First(model, "first"));

        double First(Model own, string? layer)
        {
            using var set = new SupportSet(own, query,
                new NeighborOptions { Layer = layer, Distance = NeighborDistance.Euclidean });
            return set.Find(query)[1].Distance;
        }
    }

    [Fact]
    public void NothingIsLeftBehind()
    {
        using var model = Trained();
        Run();
        var before = torch.Tensor.TotalCount;
        Run();
        Assert.Equal(before, torch.Tensor.TotalCount);

        void Run() => SupportEvaluation.Measure(model, Support, Support, OnTheLine, byPrototype: true);
    }
}
