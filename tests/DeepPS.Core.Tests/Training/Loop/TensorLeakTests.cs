using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Networks;
using DeepPS.Objectives;
using DeepPS.Torch;
using DeepPS.Training;
using TorchSharp;

namespace DeepPS.Tests;

[Collection(nameof(WholeProcess))]
public class TensorLeakTests
{
    [Fact]
    public void TrainingLeavesNoTensorsBehind()
    {
        Train(1);
        var before = Live();
        Train(1);
        Assert.Equal(before, Live());
        Train(20);
        Assert.Equal(before, Live());
    }

    [Fact]
    public void CompressionAndItsFilesLeaveNoTensorsBehind()
    {
        var path = Path.GetTempFileName();
        using var model = Compressible.Trained(new Reshape { Shape = new Shape(3, 4) }, new GRU { Units = 8 },
            new Dense { Units = 16 });
        Run();
        var before = Live();
        Run();
        Assert.Equal(before, Live());
        File.Delete(path);

        void Run()
        {
            Compression[] ways =
            [
                new LowRankCompression(RankChoice.Of(2)), new LowRankCompression(RankChoice.OfEnergy(0.5)),
                new TensorTrainCompression(new Dims(4, 4), null, RankChoice.Of(1)), new Pruning(0.8, isGlobal: true),
                new Pruning(0.5), new RoundedWeights(),
            ];
            foreach (var way in ways)
            {
                using var small = ModelCompressor.Compress(model, way).Model;
                Compressible.Train(small, 1);
                ModelFile.Save(small, path, Quantization.Int8);
                ModelFile.Load(path).Dispose();
            }
        }
    }

    /// <summary>Every metric, places without a class, weights of samples, and predictions.</summary>
    [Fact]
    public void MetricsAndPredictionsLeaveNoTensorsBehind()
    {
        var labels = new TokenColumn("y", [0, 1, 2, -1, 1, 1, 2, 0], ["a", "b", "c"], new Shape(2));
        var data = new Dataset("set", [new TensorColumn("x", [1, 2, 3, 4, 5, 6, 7, 8], new Shape(2, 1)), labels,
            new NumberColumn("w", [1, 2, 0, 1])], "y", "w");
        Metric[] metrics = CatalogIndex.Get(CatalogKind.Metric).Select(entry => CatalogIndex.Create<Metric>(entry.Name))
            .Where(metric => metric.LabelKind == LabelKind.Class).ToArray();
        Run();
        var before = Live();
        Run();
        Assert.Equal(before, Live());

        void Run()
        {
            using var model = new Model([new Dense { Units = 3 }]);
            var options = new TrainingOptions
            {
                Epochs = 2, BatchSize = 2,
                Metrics = metrics.Where(metric => !metric.IsTable).ToArray()
            };
            new Trainer(model, options).Run(data, data).Last();
            Evaluator.Measure(model, data, batchSize: 3, metrics: metrics);
            Predictor.Predict(model, data);
            using var numbers = new Model([new Dense { Units = 2 }]);
            var line = Sets.Line(8);
            new Trainer(numbers, new TrainingOptions { Epochs = 2, Loss = new GaussianNLL() }).Run(line).Last();
            Evaluator.Measure(numbers, line, metrics: [new R2(), new RMSE(), new MAPE(), new CosineSimilarity()]);
            Predictor.Predict(numbers, line);
        }
    }

    [Fact]
    public void StepsDoNotAddUpTensorsWhileTheyRun()
    {
        using var model =
            new Model([new Dense { Units = 8, Activation = new ReLU() }, new BatchNorm(), new Dense { Units = 2 }]);
        var counts = new List<long>();
        foreach (var _ in new Trainer(model, new TrainingOptions { Epochs = 10, BatchSize = 4 }).Run(Sets.Noise(64, 1)))
            counts.Add(Live());
        Assert.Single(counts.Distinct());
    }

    [Theory]
    [InlineData("Adam")]
    [InlineData("LBFGS")]
    [InlineData("LAMB")]
    [InlineData("KFAC")]
    [InlineData("NaturalGradient")]
    [InlineData("Muon")]
    [InlineData("NormalEquation")]
    public void AllThatIsAroundAStepLeavesNoTensorsBehind(string optimizer)
    {
        Run();
        var before = Live();
        Run();
        Assert.Equal(before, Live());

        void Run()
        {
            using var model = new Model([new Dense { Units = 1 }]);
            var solves = optimizer == "NormalEquation";
            var options = new TrainingOptions
            {
                Epochs = 3, BatchSize = 16, Optimizer = CatalogIndex.Create<Optimizer>(optimizer),
                ClipNorm = solves ? null : 1,
                ClipValue = solves ? null : 0.5, AccumulateSteps = solves ? 1 : 2, AverageDecay = solves ? null : 0.9,
            };
            new Trainer(model, options).Run(Sets.Line(), Sets.Line()).Last();
        }
    }

    /// <summary>Teachers whose outputs are kept, and a hint with a regressor.</summary>
    [Fact]
    public void ATrainingWithTeachersLeavesNoTensorsBehind()
    {
        var data = Sets.Sides(20, 20);
        using var teacher = new Model([new Dense { Units = 3 }, new Dense { Units = 2 }]);
        new Trainer(teacher, new TrainingOptions { Epochs = 1 }).Run(data).Last();
        Run();
        var before = Live();
        Run();
        Assert.Equal(before, Live());

        void Run()
        {
            using var student = new Model([new Dense { Units = 2 }, new Dense { Units = 2 }]);
            var options = new TrainingOptions
            {
                Epochs = 2, BatchSize = 8,
                Distillation = new DistillationOptions { Hints = [new HintOptions("dense1", "dense1")] },
            };
            new Trainer(student, options) { Teachers = [teacher, teacher] }.Run(data).Last();
        }
    }

    /// <summary>Two players, second derivatives and generated samples.</summary>
    [Fact]
    public void AGanTrainingLeavesNoTensorsBehind()
    {
        Run(1);
        var before = Live();
        Run(1);
        Assert.Equal(before, Live());
        Run(5);
        Assert.Equal(before, Live());

        void Run(int epochs)
        {
            Layer[] layers = [new Dense { Units = 4, Activation = new ReLU() }, new Dense { Units = 1 }];
            using var generator = new Model(layers);
            using var critic = new Model(layers);
            var options = new TrainingOptions
            {
                Epochs = epochs, BatchSize = 8, Metrics = [], AverageDecay = 0.9,
                Gan = new GanOptions { Objective = new WassersteinGan(), CodeSize = 2 },
            };
            var x = new Dataset("x", [Sets.Line().Columns[0]]);
            new Trainer(generator, options) { Critic = critic }.Run(x).Last();
            var samples = new SampleGenerator(generator);
            samples.Generate(samples.Draw(5, 1));
        }
    }

    [Fact]
    public void SamplesOfAnAutoencoderLeaveNoTensorsBehind()
    {
        using var model = new VariationalAutoencoder { Code = 2, Hidden = [6] }.Build(new Shape(8), seed: 3);
        var data = Sets.Noise(32, seed: 1);
        new Trainer(model, new TrainingOptions { Epochs = 1, Reconstruct = true }).Run(data).Count();
        Sample();
        var before = Live();
        Sample();
        Assert.Equal(before, Live());

        void Sample()
        {
            using var samples = new SampleGenerator(model);
            samples.Generate(samples.Draw(5, 1, data));
            samples.Generate(samples.Draw(5, 1));
        }
    }

    [Fact]
    public void GradientsOfAnExpressionLeaveNoTensorsBehind()
    {
        Differentiate();
        var before = Live();
        Differentiate();
        Assert.Equal(before, Live());

        void Differentiate()
        {
            using var tape = new GradientTape();
            var x = tape.Variable([2], [1, 2]);
            ExpressionGradient.Of(tape, (x * x + new[] { 1, 2 }).Exp().Sum(), [x], second: true);
            Assert.Throws<DlException>(() => x + new[] { 1, 2, 3 });
        }
    }

    /// <summary>Steps of all parameters together: torch takes lists of tensors and returns none.</summary>
    [Fact]
    public void StepsTogetherLeaveNoTensorsBehind()
    {
        foreach (var entry in CatalogIndex.Get(CatalogKind.Optimizer))
            if (entry.Create([]) is ElementwiseOptimizer rule)
            {
                using var model = new Model([new Dense { Units = 5 }, new Dense { Units = 2 }], new Shape(3));
                using var steps = new ElementwiseStep(rule, model.Network!.Parameters, together: true);
                foreach (var parameter in model.Network.Parameters)
                    parameter.Value.grad = torch.ones_like(parameter.Value);
                steps.Step();
                var before = Live();
                for (var step = 0; step < 100; step++)
                    steps.Step();
                Assert.Equal(before, Live());
            }
    }

    [Fact]
    public void SequencesLeaveNoTensorsBehind()
    {
        Layer[] layers =
        [
            new Reshape { Shape = new Shape(4, 2), Name = "sequence" }, new PositionalEncoding(),
            new LSTM { Units = 4, Layers = 2, Dropout = 0.2, Bidirectional = true, ReturnSequences = true,
                Name = "lstm" },
            new TransformerEncoder { Layers = 1, Heads = 2, FeedForward = 4 },
            new TransformerDecoder { Layers = 1, Heads = 2, FeedForward = 4, From = ["lstm", "transformerencoder1"] },
            new MultiHeadAttention { Heads = 2, Causal = true }, new GRU { Units = 3 }, new KWinners { Winners = 2 },
            new Dense { Units = 2 },
        ];
        Run();
        var before = Live();
        Run();
        Assert.Equal(before, Live());

        void Run()
        {
            using var model = new Model(layers);
            foreach (var _ in new Trainer(model,
                new TrainingOptions { Epochs = 2, BatchSize = 8 }).Run(Sets.Noise(32, 1), Sets.Noise(32, 2)))
            {
            }
        }
    }

    [Fact]
    public void ShardsOfBatchesLeaveNoTensorsBehind()
    {
        Layer[] layers =
        [
            new Reshape { Shape = new Shape(1, 8) }, new Conv1d { Filters = 300, WeightRegularizer = new L2() },
            new Dropout(), new Conv1d { Filters = 300 }, new Flatten(), new Dense { Units = 2 },
        ];
        Run(1);
        var before = Live();
        Run(1);
        Assert.Equal(before, Live());
        Run(4);
        Assert.Equal(before, Live());

        void Run(int epochs)
        {
            using var model = new Model(layers);
            var log = new List<string>();
            var options = new TrainingOptions { Epochs = epochs, BatchSize = 32, Threads = 2 };
            foreach (var _ in new Trainer(model, options) { Log = log.Add }.Run(Sets.Noise(90, 1)))
            {
            }

            Assert.Contains(log, line => line.Contains("shard"));
        }
    }

    [Fact]
    public void AugmentationsLeaveNoTensorsBehind()
    {
        Augmentation[] all =
        [
            new HorizontalFlip(), new RandomCrop { Padding = 2 }, new Rotation { Degrees = 20 },
                new RandomResizedCrop(), new GaussianBlur(),
            new ColorJitter { Brightness = 0.2, Contrast = 0.2, Saturation = 0.2, Hue = 0.1 }, new Greyscale(),
                new RandomErasing(),
            new PixelNoise(), new LabelNoise { Share = 0.1 }, new CutMix(),
        ];
        Run(1);
        var before = Live();
        Run(1);
        Assert.Equal(before, Live());
        Run(5);
        Assert.Equal(before, Live());

        void Run(int epochs)
        {
            using var model = new Model([new Flatten(), new Dense { Units = 2 }]);
            var data = Augmented.Pictures(new Shape(3, 8, 8), 20);
            new Trainer(model, new TrainingOptions { Epochs = epochs, BatchSize = 8, Augmentations = all }).Run(data,
                data).Last();
        }
    }

    /// <summary>Every way to produce a text, with and without a cache, and its measures.</summary>
    [Theory]
    [InlineData("Transformer")]
    [InlineData("LstmSeq2Seq")]
    [InlineData("TransformerLM")]
    public void TextsLeaveNoTensorsBehind(string name)
    {
        Run();
        var before = Live();
        Run();
        Assert.Equal(before, Live());

        void Run()
        {
            using var model = TextModels.Trained(name, 1);
            var rows = TextModels.Rows(model, "one two", "un deux");
            var isLanguage = model.Plan!.IsLanguageModel;
            Evaluator.Measure(model, isLanguage ? TextModels.Lines() : TextModels.Pairs(5));
            foreach (var options in new DecodingOptions[]
            {
                new(), new() { Beam = 3 }, new() { TopK = 3 }, new() { UsesCache = false, Beam = 2 },
                new() { Generate = isLanguage ? 20 : null, TopP = 0.9 },
            })
                Predictor.Predict(model, rows, new PredictionOptions { Decoding = options });
            if (!isLanguage)
                AttentionMap.Of(model, rows, default);
        }
    }

    [Fact]
    public void AFailedTrainingLeavesOnlyTheModel()
    {
        using var model = new Model([new Dense { Units = 1 }]);
        model.Bind(new Shape(1));
        var before = Live();
        var options = new TrainingOptions { Optimizer = new SGD { LearningRate = 1e30 }, BatchSize = 8 };
        Assert.ThrowsAny<DlException>(() => new Trainer(model, options).Run(Sets.Line()).ToArray());
        Assert.Equal(before, Live());
    }

    /// <summary>The number of live tensors, after collecting those that earlier tests left.</summary>
    private static long Live()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return torch.Tensor.TotalCount;
    }

    private static void Train(int epochs)
    {
        using var model = new Model([new Dense { Units = 8, Activation = new ReLU() }, new BatchNorm(), new Dropout(),
            new Dense { Units = 2 }]);
        foreach (var _ in new Trainer(model,
            new TrainingOptions { Epochs = epochs, BatchSize = 8 }).Run(Sets.Noise(64, 1), Sets.Noise(32, 2)))
        {
        }
    }
}
