using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Training;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>Attributions compared with PyTorch's autograd, and what follows from their definitions.</summary>
[Collection(nameof(WholeProcess))]
public class AttributionTests
{
    public static TheoryData<int, string> Methods
    {
        get
        {
            var data = new TheoryData<int, string>();
            foreach (var (index, golden) in Golden.Load("attributions").Index())
                foreach (var entry in CatalogIndex.Get(CatalogKind.Attribution))
                    if (golden[entry.Name] is not null)
                        data.Add(index, entry.Name);
            return data;
        }
    }

    [Fact]
    public void EveryMethodHasGoldenValues() => Assert.All(CatalogIndex.Get(CatalogKind.Attribution),
        entry => Assert.Contains(Golden.Load("attributions"), golden => golden[entry.Name] is not null));

    [Theory, MemberData(nameof(Methods))]
    public void AMethodGivesPyTorchsValues(int index, string name)
    {
        var golden = Golden.Load("attributions")[index];
        using var scope = NewDisposeScope();
        var inputs = Golden.Tensor(golden["inputs"]!);
        var isTable = inputs.ndim == 2;
        using var model = isTable
            ? ExplainedModels.Untrained(ExplainedModels.Table(inputs.data<float>().ToArray(), 5),
                new Dense { Units = 7, Activation = new Tanh() }, new Dense { Units = 3 })
            : ExplainedModels.Untrained(ExplainedModels.Images(inputs.data<float>().ToArray(), new Shape(2, 8, 8)),
                new Conv2d { Filters = 4, KernelSize = 3, Activation = new Tanh() },
                new Conv2d { Filters = 5, KernelSize = 3, Activation = new Sigmoid() }, new Flatten(),
                new Dense { Units = 3 });
        ExplainedModels.Load(model, golden["parameters"]!);
        var noise = golden["noise"]!.AsArray().Select(each => Golden.Tensor(each!)).GetEnumerator();
        AttributionMethod method = name switch
        {
            "SmoothGrad" => new SmoothGrad
            {
                Samples = 4, Noise = 0.3, Draw = _ => noise.MoveNext() ? noise.Current : throw new IOException(),
            },
            "IntegratedGradients" => new IntegratedGradients { Steps = 20, Tolerance = 0 },
            "Occlusion" => new Occlusion { Size = 3, Stride = 2 },
            _ => CatalogIndex.Create<AttributionMethod>(name),
        };
        var batch = new ExplainedBatch(new ExplainedModel(model), [inputs], Golden.Tensor(golden["classes"]!));
        Golden.Equal(golden[name]!, method.Attribute(batch, default).Single(), name, 1e-5);
    }

    [Fact]
    public void TheNodesOfTheRuleIntegratePolynomialsExactly()
    {
        foreach (var count in new[] { 1, 2, 5, 20, 51 })
        {
            var (nodes, weights) = GaussLegendre.Of(count);
            for (var degree = 0; degree < Math.Min(2 * count, 12); degree++)
                Assert.Equal(1.0 / (degree + 1),
                    nodes.Zip(weights).Sum(pair => pair.Second * Math.Pow(pair.First, degree)), 1e-6);
        }
    }

    /// <summary>A linear model's attributions are weight times value, in the label's unit, whatever the
    /// method.</summary>
    [Fact]
    public void ALinearModelsAttributionsAreItsTerms()
    {
        var data = Sets.Line();
        using var model = new Model([new Dense { Units = 1 }]);
        new Trainer(model, new TrainingOptions { Epochs = 60, Seed = 1 }).Run(data).Last();
        var weight = model.Network!.Parameters[0].Value.item<float>() * model.Plan!.Label!.Scale;
        var x = (float[])model.Plan.Encode(data, withLabel: false).Inputs[0].Values;
        AttributionMethod[] methods =
        [
            new IntegratedGradients(), new Gradient { TimesInput = true },
            new SmoothGrad { TimesInput = true, Samples = 2 }, new Occlusion(),
        ];
        foreach (var method in methods)
            foreach (var sample in Explainer.Explain(model, data, [3, 50], method))
            {
                var row = Assert.Single(sample.Rows);
                Assert.Equal(weight * x[sample.Row - 1], row.Attribution, 1e-4);
                Assert.Equal(row.Output - row.Baseline, row.Attribution, 1e-4);
                Assert.Equal(data.Columns[0][sample.Row - 1], row.Value);
                Assert.Equal((double)Predictor.Predict(model, data)[sample.Row - 1].Value, row.Output, 1e-4);
            }
    }

    /// <summary>Numbers, one-hot and embedded categories, yes and no: the attributions of all columns add up.</summary>
    [Fact]
    public void IntegratedGradientsOfMixedColumnsAddUp()
    {
        var random = new Random(1);
        var rows = 300;
        var data = new Dataset("mixed",
        [
            new NumberColumn("number", Enumerable.Range(0, rows).Select(_ => random.NextDouble() * 9).ToArray()),
            new CategoryColumn("few", Enumerable.Range(0, rows).Select(_ => random.Next(3)).ToArray(),
                ["a", "b", "c"]),
            new CategoryColumn("many", Enumerable.Range(0, rows).Select(i => i % 60).ToArray(),
                Enumerable.Range(0, 60).Select(i => $"level{i}").ToArray()),
            new CategoryColumn("y", Enumerable.Range(0, rows).Select(_ => random.Next(3)).ToArray(),
                ["u", "v", "w"]),
        ], "y");
        using var model = ExplainedModels.Untrained(data, new Dense { Units = 32, Activation = new ReLU() },
            new Dense { Units = 3 });
        Assert.Contains("embedding", model.Plan!.Columns[2].Encoder);
        foreach (var method in new AttributionMethod[] { new IntegratedGradients(), new Occlusion(), new Gradient() })
            foreach (var sample in Explainer.Explain(model, data, [0, 7, 299], method, "V"))
            {
                Assert.Equal(["number", "few", "many"], sample.Rows.Select(row => row.Column));
                Assert.Equal($"level{(sample.Row - 1) % 60}", sample.Rows[2].Value);
                Assert.All(sample.Rows, row => Assert.Equal("v", row.Class));
                Assert.NotEqual(0, sample.Rows[2].Attribution);
                if (method is IntegratedGradients)
                    AddsUp(sample.Rows[0], sample.Rows.Sum(row => row.Attribution));
            }
    }

    /// <summary>Tokens of text get the attributions of their vectors, in a network that masks padding too.</summary>
    [Theory]
    [InlineData(TokenizerKind.Word)]
    [InlineData(TokenizerKind.Character)]
    [InlineData(TokenizerKind.BytePair)]
    public void TokensOfTextAddUp(TokenizerKind tokenizer)
    {
        var data = new Tickets { Count = 60 }.Generate(1);
        var text = data.Columns.OfType<CategoryColumn>()
            .First(column => column != data.Label && column.Levels.Count > 20);
        var settings = new ColumnSettings { Kind = ColumnKind.Text, Tokenizer = tokenizer, Length = 30 };
        data = new Dataset("tickets", [text.With(settings), data.Label!], data.Label!.Name);
        using var model = ExplainedModels.Untrained(data, new Embedding { Tokens = 6, Name = "words" },
            new LSTM { Units = 8, From = ["words", "input"] },
            new Dense { Units = ((CategoryColumn)data.Label!).Levels.Count });
        foreach (var sample in Explainer.Explain(model, data, [0, 5, 11], new IntegratedGradients()))
        {
            Assert.NotEmpty(sample.Rows);
            AddsUp(sample.Rows[0], sample.Rows.Sum(row => row.Attribution));
            var written = ((string)text[sample.Row - 1]!).ToLowerInvariant();
            Assert.All(sample.Rows, row => Assert.Contains(((string)row.Value!).Trim(), written));
            Assert.Equal(sample.Rows.Select((_, i) => $"{i}"), sample.Rows.Select(row => row.Place));
        }
    }

    /// <summary>Gradients are taken by the inputs: nothing is left in the parameters, no tensor stays, and batch
    /// normalisation keeps its means.</summary>
    [Fact]
    public void TheModelStaysAsItIs()
    {
        var data = new Digits { Count = 30 }.Generate(1);
        using var model = new Model([new Conv2d { Filters = 4, KernelSize = 3 }, new BatchNorm(), new ReLU(),
            new Flatten(), new Dropout(), new Dense { Units = 10 }]);
        new Trainer(model, new TrainingOptions { Epochs = 1 }).Run(data).Last();
        var before = model.Network!.State.Select(parameter => parameter.Value.clone()).ToArray();
        var gradients = Gradients();
        var first = Run();
        var live = Live();
        Assert.Equal(first, Run());
        Assert.Equal(live, Live());
        foreach (var (parameter, kept) in model.Network.State.Zip(before))
            using (kept)
                Assert.True(parameter.Value.eq(kept).all().item<bool>());
        Assert.Equal(gradients, Gradients());

        float?[] Gradients() => model.Network.Parameters
            .Select(parameter => parameter.Value.grad?.abs().sum().item<float>()).ToArray();

        double[] Run() => CatalogIndex.Get(CatalogKind.Attribution)
            .Select(entry => CatalogIndex.Create<AttributionMethod>(entry.Name))
            .SelectMany(method => Explainer.Explain(model, data, [1, 2], method).ToArray())
            .Select(sample => sample.Maps.Single().Attribution).ToArray();
    }

    [Fact]
    public void MistakesAreNamed()
    {
        var data = new Blobs { Count = 30, Centers = 3 }.Generate(1);
        using var model = ExplainedModels.Untrained(data, new Dense { Units = 3 });
        Assert.Equal("AttributionUse", Id(new GradCam(), null));
        Assert.Equal("ClassNotFound", Id(new Gradient(), "none"));

        string Id(AttributionMethod method, string? name) =>
            Assert.Throws<DlException>(() => Explainer.Explain(model, data, [0], method, name).Count()).Id;
    }

    private static void AddsUp(AttributionRow row, double sum) =>
        Assert.Equal(row.Output - row.Baseline, sum, 0.0105 * Math.Abs(row.Output - row.Baseline) + 1e-5);

    private static long Live()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Tensor.TotalCount;
    }
}
