using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Plots;
using DeepPS.Training;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public class EmbeddingFigureTests
{
    private static readonly System.Text.Json.Nodes.JsonNode Case = Golden.Load("embedding")[0];

    private static double[] Numbers(string name) =>
        Case[name]!.AsArray().Select(value => value!.GetValue<double>()).ToArray();

    [Fact]
    public void PrincipalComponentsAreScikitLearns()
    {
        using var scope = NewDisposeScope();
        var (places, shares) = PrincipalComponents.Of(tensor(Numbers("vectors")).reshape(12, 4), 2);
        foreach (var (expected, actual) in Numbers("shares").Zip(shares))
            Assert.Equal(expected, actual, 1e-9);
        foreach (var (expected, actual) in Numbers("sizes").Zip(places.abs().contiguous().data<double>().ToArray()))
            Assert.Equal(expected, actual, 1e-9);
    }

    [Fact]
    public void NeighbourProbabilitiesAreScikitLearns()
    {
        using var scope = NewDisposeScope();
        var made = new NeighbourEmbedding(3).Neighbours(tensor(Numbers("vectors")).reshape(12, 4))
            .contiguous().data<double>().ToArray();
        // Scikit-learn stops its search at an entropy within 1e-5.
        foreach (var (expected, actual) in Numbers("neighbours").Zip(made))
            Assert.Equal(expected, actual, 1e-5);
        Assert.Equal(1, made.Sum(), 1e-9);
    }

    /// <summary>The gradient is the slope of the Kullback-Leibler divergence, by finite differences.</summary>
    [Fact]
    public void ForcesAreTheSlopeOfTheDivergence()
    {
        const int count = 19;
        var random = new Random(1);
        var target = new float[count * count];
        for (var i = 0; i < count; i++)
            for (var j = 0; j < i; j++)
                target[i * count + j] = target[j * count + i] = (float)(1 + random.NextDouble());
        var sum = target.Sum();
        target = Array.ConvertAll(target, value => value / sum);
        var x = Enumerable.Range(0, count).Select(_ => (float)random.NextDouble()).ToArray();
        var y = Enumerable.Range(0, count).Select(_ => (float)random.NextDouble()).ToArray();
        var (gradientX, gradientY) = (new float[count], new float[count]);
        new NeighbourForces(target, count).Add(x, y, 1, gradientX, gradientY);
        foreach (var i in new[] { 0, 7, 18 })
        {
            Assert.Equal(Slope(x, i), gradientX[i], 1e-3 * gradientX.Max(Math.Abs));
            Assert.Equal(Slope(y, i), gradientY[i], 1e-3 * gradientY.Max(Math.Abs));
        }

        double Slope(float[] places, int i)
        {
            const float step = 1e-2f;
            var here = places[i];
            places[i] = here + step;
            var above = Divergence();
            places[i] = here - step;
            var below = Divergence();
            places[i] = here;
            return (above - below) / (2 * step);
        }

        double Divergence()
        {
            var near = new double[count * count];
            for (var i = 0; i < count; i++)
                for (var j = 0; j < count; j++)
                    near[i * count + j] = i == j ? 0
                        : 1 / (1 + Math.Pow((double)x[i] - x[j], 2) + Math.Pow((double)y[i] - y[j], 2));
            var all = near.Sum();
            return Enumerable.Range(0, count * count).Where(at => target[at] > 0)
                .Sum(at => target[at] * Math.Log(target[at] / (near[at] / all)));
        }
    }

    /// <summary>Three groups far apart stay apart: each point's nearest neighbour is of its group.</summary>
    [Fact]
    public void GroupsStayTogether()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(1);
        var vectors = randn([60, 6], ScalarType.Float64, generator: generator);
        for (var group = 0; group < 3; group++)
            vectors.narrow(0, group * 20, 20).select(1, group).add_(20);
        var places = new NeighbourEmbedding(10).Of(vectors);
        var distances = cdist(places, places);
        distances.diagonal().fill_(double.PositiveInfinity);
        var nearest = distances.argmin(1).data<long>().ToArray();
        Assert.All(nearest.Index(), pair => Assert.Equal(pair.Index / 20, pair.Item / 20));
        Assert.Equal(places.contiguous().data<double>().ToArray(),
            new NeighbourEmbedding(10).Of(vectors).contiguous().data<double>().ToArray());
    }

    [Fact]
    public void SamplesAreColouredByLabel()
    {
        var data = new Blobs { Count = 90, Centers = 3 }.Generate(1);
        using var model = new Model([new Dense { Units = 5 }, new Dense { Units = 3 }], seed: 1);
        new Trainer(model, new TrainingOptions { Epochs = 1 }).Run(data).Last();
        var figure = EmbeddingFigure.OfSamples(model, data, new EmbeddingOptions { Count = 60 });
        Assert.Contains("dense1 of 60 samples", figure.Title);
        Assert.Equal(["0", "1", "2"], figure.Panels[0].Series.Select(series => series.Name));
        Assert.Equal(60, figure.Panels[0].Series.OfType<Points>().Sum(points => points.X.Count));
        Assert.Equal("TooFewSamples", Assert.Throws<DlException>(() =>
            EmbeddingFigure.OfSamples(model, data.Take([0, 1]), new EmbeddingOptions())).Id);
        Assert.Equal("NoWords", Assert.Throws<DlException>(() =>
            EmbeddingFigure.OfWords(model, new EmbeddingOptions())).Id);
    }
}
