using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Training;

namespace DeepPS.Tests;

/// <summary>Which labels, outputs and metrics a loss supports, and the predictions of each loss.</summary>
public sealed class LossChoiceTests
{
    private static readonly Random Random = new(2);

    private static float[] Draw(int count) =>
        Enumerable.Range(0, count).Select(_ => (float)(Random.NextDouble() * 2 - 1)).ToArray();

    private static Dataset Tensors(int count, Shape shape, Func<float[], Column>? label = null)
    {
        var x = new TensorColumn("x", Draw(count * (int)shape.Size), shape);
        return label is null ? new Dataset("set", [x]) : new Dataset("set", [x, label(x.Values)], "y");
    }

    private static EpochRecord Train(
        Model model, Dataset data, Loss? loss, double rate = 0.02, int epochs = 100, params Metric[] metrics) =>
        new Trainer(model, new TrainingOptions
        {
            Epochs = epochs,
            Loss = loss,
            Metrics = metrics.Length > 0 ? metrics : null,
            Optimizer = new Adam { LearningRate = rate },
        }).Run(data).Last();

    private static DlException Refused(Dataset data, Loss? loss, int units, params Metric[] metrics)
    {
        using var model = new Model([new Dense { Units = units }]);
        return Assert.Throws<DlException>(() => Train(model, data, loss, epochs: 1, metrics: metrics));
    }

    [Theory]
    [InlineData("CrossEntropy", 1, "2 outputs")]
    [InlineData("NLL", 3, "2 outputs")]
    [InlineData("MultiMargin", 1, "2 outputs")]
    [InlineData("Focal", 3, "2 outputs, or 1 output")]
    [InlineData("BinaryCrossEntropy", 2, "1 output")]
    [InlineData("Hinge", 2, "1 output")]
    [InlineData("Perceptron", 2, "1 output")]
    [InlineData("CosineEmbedding", 2, "2 embeddings")]
    [InlineData("Contrastive", 2, "2 embeddings")]
    [InlineData("TripletMargin", 2, "3 embeddings")]
    [InlineData("CTC", 2, "a label that is a sequence")]
    public void OutputsThatALossCannotReadAreRefusedWithItsNameAndTheLayers(string loss, int units, string needs)
    {
        var error = Refused(Sets.Sides(5, 5), CatalogIndex.Create<Loss>(loss), units);
        Assert.Equal("OutputShape", error.Id);
        Assert.Contains($"Loss {loss} needs {needs}", error.Message);
        Assert.Contains("'dense1'", error.Message);
    }

    [Theory]
    [InlineData("MSE")]
    [InlineData("Huber")]
    [InlineData("Quantile")]
    [InlineData("GaussianNLL")]
    [InlineData("Poisson")]
    public void LossesOverNumbersAreNotForClasses(string loss) =>
        Assert.Equal("LossLabel", Refused(Sets.Sides(5, 5), CatalogIndex.Create<Loss>(loss), 2).Id);

    [Theory]
    [InlineData("CrossEntropy")]
    [InlineData("Hinge")]
    [InlineData("Contrastive")]
    [InlineData("CTC")]
    public void LossesOverClassesAreNotForNumbers(string loss) =>
        Assert.Equal("LossLabel", Refused(Sets.Line(8), CatalogIndex.Create<Loss>(loss), 1).Id);

    [Fact]
    public void NumbersOutsideZeroToOneAreNoProbabilities()
    {
        var error = Refused(Sets.Line(8), new BinaryCrossEntropy(), 1);
        Assert.Equal("LossLabel", error.Id);
        Assert.Contains("0 to 1", error.Message);
    }

    [Fact]
    public void AHeadIsRefusedAsTheOutputIs()
    {
        using var model = new Model(
            [new Dense { Units = 3, Name = "head", OutputWeight = 0.3 }, new Dense { Units = 2 }]);
        var error = Assert.Throws<DlException>(() => Train(model, Sets.Sides(5, 5), null));
        Assert.Equal("OutputShape", error.Id);
        Assert.Contains("'head'", error.Message);
    }

    [Fact]
    public void MetricsThatCannotBeTakenAreRefused()
    {
        var sides = Sets.Sides(5, 5);
        Assert.Equal("MetricLoss", Refused(sides, new Hinge(), 1, new LogLoss()).Id);
        Assert.Equal("MetricTable", Refused(sides, null, 2, new ConfusionMatrix()).Id);
        Assert.Equal("DuplicateMetric",
            Refused(sides, null, 2, new F1(), new F1 { Average = ClassAverage.PerClass }).Id);
        Assert.Equal("MetricLabel", Refused(sides, null, 2, new MAPE()).Id);
        Assert.Equal("MetricLabel", Refused(Sets.Line(8), null, 1, new RocAuc()).Id);
    }

    [Theory]
    [InlineData("MSE", false)]
    [InlineData("CTC", false)]
    [InlineData("CrossEntropy", true)]
    public void ClassWeightsAreForLossesThatWeighClasses(string loss, bool weighs) =>
        Assert.Equal(weighs, CatalogIndex.Create<Loss>(loss).WeighsClasses);

    [Fact]
    public void LastLayersThatDoNotGoWithTheLossAreDoubted()
    {
        Assert.Contains("logits", LossChoice.Doubt(new CrossEntropy(), new Softmax()));
        Assert.Contains("logits",
            LossChoice.Doubt(new BinaryCrossEntropy(), new Dense { Units = 1, Activation = new Sigmoid() }));
        Assert.Contains("LogSoftmax", LossChoice.Doubt(new NLL(), new Dense { Units = 2 }));
        Assert.Null(LossChoice.Doubt(new NLL(), new Dense { Units = 2, Activation = new LogSoftmax() }));
        Assert.Null(LossChoice.Doubt(new CrossEntropy(), new Dense { Units = 2 }));
        Assert.Null(LossChoice.Doubt(new MSELoss(), new Sigmoid()));
    }

    [Theory]
    [InlineData("Hinge", 1)]
    [InlineData("Perceptron", 1)]
    [InlineData("Focal", 1)]
    [InlineData("Focal", 2)]
    [InlineData("MultiMargin", 2)]
    [InlineData("NLL", 2)]
    public void EveryLossOverClassesLearnsASide(string name, int units)
    {
        var data = Sets.Sides(40, 40);
        var loss = CatalogIndex.Create<Loss>(name);
        using var model = new Model(
            [new Dense { Units = units, Activation = name == "NLL" ? new LogSoftmax() : null }]);
        Train(model, data, loss, rate: 0.05, metrics: [new Accuracy(), new RocAuc(), new TopK { K = 1 }]);
        var measured = Evaluator.Measure(model, data, metrics: [new Accuracy(), new RocAuc()]).Metrics();
        Assert.All(measured, metric => Assert.True(metric.Value > 0.95, metric.ToString()));
        var predictions = Predictor.Predict(model, new Dataset("new", [new NumberColumn("x", [-0.9, 0.9])]));
        Assert.Equal(["left", "right"], predictions.Select(p => (string)p.Value));
        Assert.All(predictions, p => Assert.Equal(loss.GivesProbabilities, p.Probability is > 0.5));
    }

    [Fact]
    public void PairsAreToldTogetherOrApart()
    {
        // A sample is two points. The pair is the same if their first numbers have the same sign.
        var data = Tensors(200, new Shape(2, 2), x =>
        {
            var codes = x.Chunk(4).Select(p => p[0] * p[2] > 0 ? 1 : 0).ToArray();
            return new CategoryColumn("y", codes, ["different", "same"]);
        });
        foreach (var loss in new Loss[] { new Contrastive(), new CosineEmbedding { Margin = 0.2 } })
        {
            using var model = new Model([new Dense { Units = 8, Activation = new Tanh() }, new Dense { Units = 2 }]);
            Train(model, data, loss);
            var metrics = Evaluator.Measure(model, data, metrics: [new Accuracy(), new RocAuc()]).Metrics();
            Assert.All(metrics, metric => Assert.True(metric.Value > 0.85, $"{loss.Entry.Name} {metric}"));
            Assert.Contains((string)Predictor.Predict(model, data)[0].Value, new[] { "different", "same" });
        }
    }

    [Fact]
    public void TripletsNeedNoLabel()
    {
        var data = Tensors(60, new Shape(3, 4));
        using var model = new Model([new Dense { Units = 2 }]);
        var options = new TrainingOptions { Epochs = 1, Loss = new TripletMargin() };
        var before = new Trainer(model, options).Run(data).Single();
        Assert.True(Train(model, data, new TripletMargin()).Loss < before.Loss);
        Assert.Empty(before.Metrics());
        var prediction = Predictor.Predict(model, data)[0];
        Assert.Equal([2, 2, 2], Assert.IsType<double[][]>(prediction.Value).Select(embedding => embedding.Length));
        Assert.Empty(prediction.Further);
        var error = Assert.Throws<DlException>(() => Evaluator.Measure(model, data, metrics: [new MAE()]));
        Assert.Equal("MetricLoss", error.Id);
    }

    [Fact]
    public void SequencesAreReadWithoutRunsAndBlanks()
    {
        // A step above 0.5 is a "b", one below -0.5 is an "a", any other is blank.
        var (xs, ys) = (new List<float>(), new List<int>());
        for (var i = 0; i < 150; i++)
        {
            var word = Enumerable.Range(0, 2).Select(_ => Random.Next(2)).ToArray();
            xs.AddRange([0, word[0] == 1 ? 1 : -1, 0, word[1] == 1 ? 1 : -1, 0]);
            ys.AddRange(word);
        }

        var steps = new TensorColumn("x", xs.ToArray(), new Shape(5, 1));
        var words = new TokenColumn("y", ys.ToArray(), ["a", "b"], new Shape(2));
        var data = new Dataset("words", [steps, words], "y");
        using var model = new Model([new Dense { Units = 8, Activation = new Tanh() }, new Dense { Units = 3 }]);
        Train(model, data, new CTC(), rate: 0.05, epochs: 60);
        var row = new Dictionary<string, object?> { ["x"] = new[] { new[] { 0 }, [1], [0], [-1], [0] } };
        var inputs = model.Plan!.Rows([row]);
        var prediction = Predictor.Predict(model, inputs).Single();
        Assert.Equal(["b", "a"], Assert.IsType<string[]>(prediction.Value));
        Assert.InRange(prediction.Probability!.Value, 0.3, 1);
        var missing = new TokenColumn("y", [-1, 0], ["a", "b"], new Shape(2));
        var gap = new Dataset("gap", [data.Columns[0].Take([0]), missing], "y");
        Assert.Equal("LossLabel", Assert.Throws<DlException>(() => Evaluator.Measure(model, gap)).Id);
    }

    [Fact]
    public void CountsAreLearnedAsTheyAre()
    {
        var x = Draw(300).Select(v => (double)v).ToArray();
        var y = x.Select(v => Math.Round(Math.Exp(1 + v))).ToArray();
        var data = new Dataset("counts", [new NumberColumn("x", x), new NumberColumn("y", y)], "y");
        using var model = new Model([new Dense { Units = 1 }]);
        Train(model, data, new Poisson());
        Assert.Equal((0.0, 1.0), (model.Plan!.Label!.Mean, model.Plan.Label.Scale));
        var predictions = Predictor.Predict(model, new Dataset("new", [new NumberColumn("x", [0])]));
        Assert.Equal(Math.E, (double)predictions[0].Value, 0.3);
    }

    [Fact]
    public void IntervalsAreInTheLabelsUnit()
    {
        var y = Enumerable.Range(0, 1000).Select(i => 100 + 0.1 * i).ToArray();
        var x = y.Select((_, i) => i % 2 * 1.0).ToArray();
        var data = new Dataset("even", [new NumberColumn("x", x), new NumberColumn("y", y)], "y");
        using var quantile = new Model([new Dense { Units = 3 }]);
        Train(quantile, data, new Quantile { Quantiles = [0.1, 0.5, 0.9] });
        var prediction = Predictor.Predict(quantile, data)[0];
        Assert.Equal(["Quantile0.1", "Quantile0.5", "Quantile0.9", "Low", "High"],
            prediction.Further.Select(more => more.Key));
        Assert.Equal([110, 150, 190, 110, 190], prediction.Further.Select(more => (double)more.Value),
            (a, b) => Math.Abs(a - b) < 4);
        Assert.Equal(prediction.Further[1].Value, prediction.Value);

        using var gaussian = new Model([new Dense { Units = 2 }]);
        Train(gaussian, data, new GaussianNLL());
        prediction = Predictor.Predict(gaussian, data)[0];
        Assert.Equal(150, (double)prediction.Value, 2.0);
        Assert.Equal(["Deviation", "Low", "High"], prediction.Further.Select(more => more.Key));
        Assert.Equal(100 / Math.Sqrt(12), (double)prediction.Further[0].Value, 2.0);
        Assert.Equal(3.92 * (double)prediction.Further[0].Value,
            (double)prediction.Further[2].Value - (double)prediction.Further[1].Value, 0.01);
    }

    [Fact]
    public void MetricsOfClassesAreNamedAndWatched()
    {
        using var model = new Model([new Dense { Units = 2 }]);
        var options = new TrainingOptions
        {
            Epochs = 60,
            Metrics =
            [
                new F1 { Average = ClassAverage.PerClass }, new LogLoss(), new F1 { Average = ClassAverage.Micro },
            ],
            Optimizer = new Adam { LearningRate = 0.05 },
            EarlyStopping = new EarlyStopping(3, Monitor: "ValidationF1_right"),
        };
        var records = new Trainer(model, options).Run(Sets.Sides(50, 20), Sets.Sides(30, 30)).ToArray();
        string[] names = ["F1_left", "F1_right", "LogLoss", "F1Micro"];
        Assert.Equal([.. names, .. names.Select(name => "Validation" + name)],
            records[0].Metrics().Select(metric => metric.Key));
        var watched = records
            .Select(record => record.Metrics().Single(metric => metric.Key == "ValidationF1_right").Value).ToArray();
        Assert.Equal(Array.IndexOf(watched, watched.Max()) + 1 + 3, records.Length);
        var measured = Evaluator.Measure(
            model, Sets.Sides(30, 30), metrics: [new F1 { Average = ClassAverage.PerClass }]).Metrics();
        Assert.Equal(watched.Max(), measured[1].Value);
    }
}
