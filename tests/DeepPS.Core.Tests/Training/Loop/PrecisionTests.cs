using System.Runtime.InteropServices;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Search;
using DeepPS.Torch;
using DeepPS.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>
/// Trainings in bfloat16 and in mixed precision: as good as in float32, with weights, loss and files of float32.
/// </summary>
public sealed class PrecisionTests
{
    private static readonly Dictionary<string, (DatasetGenerator Data, Func<Layer[]> Layers, int Epochs)> Tasks = new()
    {
        ["Xor"] = (new Xor { Count = 400 },
            () => [new Dense { Units = 16, Activation = new Tanh() }, new Dense { Units = 2 }], 30),
        ["Blobs"] = (new Blobs { Count = 400 },
            () => [new Dense { Units = 16 }, new BatchNorm { Activation = new ReLU() },
                new Dropout { Probability = 0.1 }, new Dense { Units = 3 }], 15),
        ["Digits"] = (new Digits { Count = 800 },
            () => [new Conv2d { Filters = 8, Activation = new ReLU() }, new MaxPool2d(), new Flatten(), new LayerNorm(),
                new Dense { Units = 10 }], 8),
    };

    private static TrainingOptions Options(int epochs, TrainingPrecision precision) => new()
    {
        Epochs = epochs, Seed = 2, Threads = 1, Optimizer = new Adam { LearningRate = 0.02 }, Precision = precision,
    };

    private static float[] Values(Model model) =>
        model.Network!.State.SelectMany(p => p.Value.detach().to(ScalarType.Float32).data<float>().ToArray()).ToArray();

    [Theory]
    [InlineData("Xor", TrainingPrecision.BFloat16)]
    [InlineData("Xor", TrainingPrecision.Mixed)]
    [InlineData("Blobs", TrainingPrecision.BFloat16)]
    [InlineData("Blobs", TrainingPrecision.Mixed)]
    [InlineData("Digits", TrainingPrecision.BFloat16)]
    [InlineData("Digits", TrainingPrecision.Mixed)]
    public void ATrainingGetsAsFarAsInFloat32(string task, TrainingPrecision precision)
    {
        var (generator, layers, epochs) = Tasks[task];
        var split = DatasetSplitter.Split(generator.Generate(1), new SplitOptions { Validation = 0.25, Seed = 1 });
        var (exact, loss) = Train(TrainingPrecision.Float32);
        var (reduced, reducedLoss) = Train(precision);
        Assert.True(exact > 0.85, $"{exact}");
        Assert.True(reduced > exact - 0.04, $"{reduced}, in float32 {exact}");
        Assert.NotEqual(loss, reducedLoss);
        Assert.Equal(loss, reducedLoss, 0.15);

        (double Accuracy, double FirstLoss) Train(TrainingPrecision precision)
        {
            using var model = new Model(layers(), seed: 3);
            var trainer = new Trainer(model, Options(epochs, precision))
            {
                Callbacks = [new ActionCallback
                {
                    OnStep = _ => model.Network!.Parameters
                        .All(p => p.Value.dtype == ScalarType.Float32 && p.Value.grad!.dtype == ScalarType.Float32),
                }],
            };
            var records = trainer.Run(split.Train, split.Validation, split.Plan).ToArray();
            Assert.Equal(TrainingEnd.Finished, trainer.End);
            // The lower 16 bits of a bfloat16 number in float32 are 0.
            Assert.Contains(Values(model), value => (BitConverter.SingleToUInt32Bits(value) & 0xFFFF) != 0);
            var accuracy = Evaluator.Measure(model, split.Validation!, metrics: [new Accuracy()]).Metrics()[0].Value;
            Assert.Equal(records[^1].Metrics().Single(metric => metric.Key == "ValidationAccuracy").Value, accuracy);
            return (accuracy, records[0].Loss);
        }
    }

    [Fact]
    public void AModelIsSavedInFloat32AndPredictsTheSame()
    {
        var data = new Moons { Count = 200 }.Generate(1);
        using var model = new Model([new Dense { Units = 8, Activation = new ReLU() }, new Dense { Units = 2 }],
            seed: 3);
        _ = new Trainer(model, Options(2, TrainingPrecision.BFloat16)).Run(data).Count();
        var path = Path.GetTempFileName();
        try
        {
            ModelFile.Save(model, path);
            using var loaded = ModelFile.Load(path);
            Assert.Equal(Values(model), Values(loaded));
            Assert.All(loaded.Network!.State, parameter => Assert.Equal(ScalarType.Float32, parameter.Value.dtype));
            Assert.Equal(Evaluator.Measure(model, data).Loss, Evaluator.Measure(loaded, data).Loss);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData(TrainingPrecision.BFloat16)]
    [InlineData(TrainingPrecision.Mixed)]
    public void FrozenLayersSharesAndResidualsTakeWhatComes(TrainingPrecision precision)
    {
        using var model = new Model(
        [
            new Dense { Units = 8, Name = "first" }, new Dense { Units = 8, Frozen = true },
                new LayerNorm { Frozen = true },
            new Residual { Body = new LayerList([new Dense { Units = 8 }, new BatchNorm()]), Activation = new ReLU() },
            new Dense { Units = 8, Name = "side", From = ["first"], WeightRegularizer = new L2(),
                ActivityRegularizer = new L1() },
            new Concat { From = ["side", "residual1"] },
                new Dense { Units = 2, WeightNormalization = WeightNormalization.Spectral },
        ], seed: 3);
        var records = new Trainer(model,
            Options(6, precision) with { AccumulateSteps = 2, ClipNorm = 1, AverageDecay = 0.9 })
            .Run(new Moons { Count = 300 }.Generate(1)).ToArray();
        Assert.True(records[^1].Loss < records[0].Loss);
    }

    [Fact]
    public void TokensKeepTheirNumbers()
    {
        // 300 and 301 are one number in bfloat16.
        using var scope = NewDisposeScope();
        using var layer = new LayerCase(new Embedding { Tokens = 400, Features = 8 }, new Shape(2));
        var vectors = layer.Forward([tensor(new[] { 300f, 301f }).view(1, 2)],
            new ForwardContext(true, null, TrainingPrecision.BFloat16));
        Assert.True(vectors[0, 1].eq(layer["weight"][301].bfloat16()).all().ToBoolean());
    }

    [Fact]
    public void WhatTorchCannotComputeIsRefusedAtTheFirstStepWithTheModelUnchanged()
    {
        AssertRefused(new VolumeMean { Name = "mean" }, "Layer 'mean'");
        AssertRefused(new Sequential { Body = new LayerList([new VolumeMean { Name = "mean" }]) },
            "Layer 'sequential1.body.mean'");

        static void AssertRefused(Layer layer, string where)
        {
            using var model = new Model([new BatchNorm(), layer, new Flatten(), new Dense { Units = 10 }], seed: 3);
            model.Bind(new Shape(1, 28, 28));
            var before = Values(model);
            var trainer = new Trainer(model, Options(1, TrainingPrecision.BFloat16));
            var error = Assert.ThrowsAny<DlException>(() => trainer.Run(new Digits { Count = 64 }.Generate(1)).Count());
            Assert.Equal("PrecisionNotSupported", error.Id);
            Assert.StartsWith(where, error.Message);
            Assert.Contains(VolumeMean.Operator, error.Message);
            Assert.Contains("-Precision Float32", error.Message);
            Assert.Equal(TrainingEnd.Failed, trainer.End);
            Assert.Equal(before, Values(model));
            Assert.Empty(model.History);
        }
    }

    [Theory]
    [InlineData(TrainingPrecision.BFloat16)]
    [InlineData(TrainingPrecision.Mixed)]
    public void OptimizersThatNeedAllDigitsAreRefused(TrainingPrecision precision)
    {
        string Fails(Optimizer optimizer, Loss? loss = null)
        {
            using var model = new Model([new Dense { Units = 1 }]);
            var error = Assert.ThrowsAny<DlException>(() => new Trainer(model,
                Options(1, precision) with { Optimizer = optimizer, Loss = loss }).Run(Sets.Line()).Count());
            return $"{error.Id}: {error.Message}";
        }

        Assert.StartsWith("OptimizerUse: Optimizer LBFGS", Fails(new LBFGS()));
        Assert.StartsWith("OptimizerUse: Optimizer NormalEquation solves in float64",
            Fails(new NormalEquation(), new MSELoss()));
    }

    [Theory]
    [InlineData("\"slow_conv\" not implemented for 'BFloat16'", TrainingPrecision.Mixed, "slow_conv")]
    [InlineData("grid_sampler_2d_cpu not implemented for BFloat16", TrainingPrecision.BFloat16, "grid_sampler_2d_cpu")]
    [InlineData("CUDA error: CUBLAS_STATUS_NOT_SUPPORTED when calling cublasGemmEx", TrainingPrecision.Mixed,
        "CUBLAS_STATUS_NOT_SUPPORTED")]
    [InlineData("\"slow_conv\" not implemented for 'BFloat16'", TrainingPrecision.Float32, null)]
    [InlineData("CUDA error: CUBLAS_STATUS_ALLOC_FAILED", TrainingPrecision.Mixed, null)]
    [InlineData("mat1 and mat2 shapes cannot be multiplied", TrainingPrecision.Mixed, null)]
    public void TorchsWordsOnNumbersItLacksAreUnderstood(string text, TrainingPrecision precision, string? named)
    {
        var error = TorchRefusal.Of(new ExternalException(text + "\nException raised from somewhere"), precision, "It",
            null);
        if (named is null)
            Assert.Null(error);
        else
            Assert.Contains(named, error!.Message);
    }

    [Theory]
    [InlineData("ctc_loss_backward_gpu does not have a deterministic implementation, but you set "
        + "'torch.use_deterministic_algorithms(True)'.", "ctc_loss_backward_gpu")]
    [InlineData("this operation is not deterministic because it uses CuBLAS; set an environment variable: "
        + "CUBLAS_WORKSPACE_CONFIG=:4096:8", "in a new session")]
    public void TorchsWordsOnDeterminismAreUnderstood(string text, string named)
    {
        var error = TorchRefusal.Of(new ExternalException(text), TrainingPrecision.Float32, "It", null)!;
        Assert.Equal("DeterministicNotSupported", error.Id);
        Assert.Contains(named, error.Message);
    }

    [Fact]
    public void ATrialIsInThePrecisionToo()
    {
        using var model = new Model([new Dense { Units = 8, Activation = new ReLU() }, new Dense { Units = 2 }],
            seed: 3);
        var data = new Moons { Count = 200 }.Generate(1);
        double Loss(TrainingPrecision precision) => TrainingEstimate.Of(model, Options(1, precision), data).Loss;
        Assert.Equal(Loss(TrainingPrecision.Float32), Loss(TrainingPrecision.Float32));
        Assert.NotEqual(Loss(TrainingPrecision.Float32), Loss(TrainingPrecision.BFloat16));
    }

    [Fact]
    public void TheUserIsToldWhereBFloat16IsNoneOfTheProcessors()
    {
        var said = new List<string>();
        using var model = new Model([new Dense { Units = 2 }]);
        var trainer = new Trainer(model, Options(1, TrainingPrecision.Mixed)) { Warn = said.Add };
        _ = trainer.Run(new Moons { Count = 64 }.Generate(1)).Count();
        Assert.Equal(!Processor.MayHaveBFloat16,
            said.Any(text => text.Contains("-Precision Mixed", StringComparison.Ordinal)));
    }
}
