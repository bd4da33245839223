using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public class TrainerTests
{
    [Fact]
    public void FullBatchDescentEqualsTheFormulaByHand()
    {
        const double rate = 0.1;
        var data = Sets.Line();
        using var model =
            new Model([new Dense { Units = 1, WeightInitializer = new Zeros(), BiasInitializer = new Zeros() }]);
        var options = new TrainingOptions
        {
            Epochs = 5, BatchSize = 64, Optimizer = new SGD { LearningRate = rate },
            Shuffle = false
        };
        var losses = new Trainer(model, options).Run(data).Select(record => record.Loss).ToArray();

        var x = Standard(((NumberColumn)data.Columns[0]).Values.ToArray());
        var y = Standard(((NumberColumn)data.Columns[1]).Values.ToArray());
        double weight = 0, bias = 0;
        foreach (var loss in losses)
        {
            var errors = x.Zip(y, (a, b) => weight * a + bias - b).ToArray();
            Assert.Equal(errors.Average(e => e * e), loss, 5);
            weight -= rate * 2 * errors.Zip(x, (e, a) => e * a).Average();
            bias -= rate * 2 * errors.Average();
        }

        Assert.Equal(weight, model.Network!.Parameters[0].Value.ToDouble(), 5);

        static double[] Standard(double[] values)
        {
            var mean = values.Average();
            var deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
            return values.Select(v => (v - mean) / deviation).ToArray();
        }
    }

    /// <summary>Shards of batches, of which the last is small, with weights of classes and accumulated steps.</summary>
    [Theory]
    [InlineData("Adam", 1)]
    [InlineData("SGD", 3)]
    public void ShardsOfABatchLearnWhatTheWholeBatchDoes(string optimizer, int accumulate)
    {
        var (whole, parts) = (Train(1), Train(3));
        Assert.Equal(whole.Losses.Select(loss => (double)loss), parts.Losses.Select(loss => (double)loss),
            (one, other) => Math.Abs(one - other) < 1e-4);
        Assert.Equal(["Each of the 3 threads computes a shard of every batch."],
            parts.Log.Except(whole.Log).Where(line => line.Contains("shard")));

        (double[] Losses, List<string> Log) Train(int threads)
        {
            Layer[] layers =
            [
                new Reshape { Shape = new Shape(1, 8) }, new Conv1d { Filters = 400 }, new ReLU(),
                new Conv1d { Filters = 400 }, new Flatten(), new Dense { Units = 2 },
            ];
            using var model = new Model(layers, seed: 1);
            var log = new List<string>();
            var options = new TrainingOptions
            {
                Epochs = 3, BatchSize = 16, Threads = threads, AccumulateSteps = accumulate,
                ClassWeights = ClassWeights.Balanced,
                Optimizer = (Optimizer)CatalogIndex.Create(CatalogKind.Optimizer, optimizer),
            };
            var trainer = new Trainer(model, options) { Log = log.Add };
            return (trainer.Run(Sets.Noise(83, 1)).Select(record => record.Loss).ToArray(), log);
        }
    }

    [Fact]
    public void TheSameSeedGivesTheSameNumbersAndAnotherSeedOthers()
    {
        double[] Losses(int seed)
        {
            using var model = new Model(
                [new Dense { Units = 16, Activation = new ReLU() }, new Dropout(), new Dense { Units = 2 }], seed: 1);
            return new Trainer(model,
                new TrainingOptions { Epochs = 3, Seed = seed }).Run(Sets.Noise(200, 1)).Select(r => r.Loss).ToArray();
        }

        Assert.Equal(Losses(5), Losses(5));
        Assert.NotEqual(Losses(5), Losses(6));
    }

    [Fact]
    public void ASmallNetworkLearnsXor()
    {
        var split = DatasetSplitter.Split(new Xor { Count = 800 }.Generate(1),
            new SplitOptions { Test = 0.25, Seed = 1 });
        using var model = new Model([new Dense { Units = 16, Activation = new Tanh() }, new Dense { Units = 2 }]);
        new Trainer(model,
            new TrainingOptions { Epochs = 40, Optimizer = new Adam { LearningRate = 0.02 } }).Run(split.Train).Last();
        Assert.True(Evaluator.Measure(model, split.Test!).Metrics()[0].Value > 0.9);
    }

    [Fact]
    public void NumbersAreReportedInTheLabelsUnit()
    {
        var data = Sets.Line();
        using var model = new Model([new Dense { Units = 1 }]);
        new Trainer(model,
            new TrainingOptions { Epochs = 200, Optimizer = new Adam { LearningRate = 0.05 } }).Run(data).Last();
        var metrics = Evaluator.Measure(model, data).Metrics().ToDictionary();
        Assert.True(metrics["R2"] > 0.999);
        Assert.True(metrics["MAE"] < 0.05);
        var atZero = Predictor.Predict(model, new Dataset("new", [new NumberColumn("x", [0.5])]));
        Assert.Equal(2.0, (double)atZero[0].Value, 1);
    }

    [Fact]
    public void TheLossFollowsTheLabelAndTheOutput()
    {
        Assert.IsType<CrossEntropy>(LossOf(Sets.Sides(20, 20), 2));
        Assert.IsType<BinaryCrossEntropy>(LossOf(Sets.Sides(20, 20), 1));
        Assert.IsType<MSELoss>(LossOf(Sets.Line(), 1));

        static Loss LossOf(Dataset data, int units)
        {
            using var model = new Model([new Dense { Units = units }]);
            new Trainer(model, new TrainingOptions { Epochs = 1 }).Run(data).Last();
            return model.Loss!;
        }
    }

    [Fact]
    public void BothWaysOverTwoClassesPredictTheSameSide()
    {
        foreach (var units in new[] { 1, 2 })
        {
            var data = Sets.Sides(40, 40);
            using var model = new Model([new Dense { Units = units }]);
            new Trainer(model,
                new TrainingOptions { Epochs = 100, Optimizer = new Adam { LearningRate = 0.05 } }).Run(data).Last();
            var predictions = Predictor.Predict(model, new Dataset("new", [new NumberColumn("x", [-0.9, 0.9])]));
            Assert.Equal(["left", "right"], predictions.Select(p => (string)p.Value));
            Assert.All(predictions, p => Assert.InRange(p.Probability!.Value, 0.5, 1));
        }
    }

    [Fact]
    public void OutputsThatDoNotFitTheLabelAreRefused()
    {
        using var model = new Model([new Dense { Units = 3 }]);
        var error = Assert
            .ThrowsAny<DlException>(() => new Trainer(model, new TrainingOptions()).Run(Sets.Sides(5, 5)).ToArray());
        Assert.Equal("OutputShape", error.Id);
        Assert.Contains("2 classes", error.Message);
    }

    [Fact]
    public void BalancedWeightsAreTheInverseOfTheClassesShares()
    {
        Assert.Equal([2f, 2f / 3], ClassWeights.Balanced.For(["a", "b"], () => [1, 3]));
        Assert.Equal([1f, 5f],
            ClassWeights.Of(new Dictionary<string, double> { ["B"] = 5 }).For(["a", "b"], () => [0, 1]));
        Assert.Equal("UnknownClass", Assert.ThrowsAny<DlException>(
            () => ClassWeights.Of(new Dictionary<string, double> { ["c"] = 5 }).For(["a", "b"], () => [0, 1])).Id);
    }

    [Fact]
    public void BalancedWeightsMakeARareClassCount()
    {
        double Predicted(ClassWeights? weights)
        {
            var noise = Sets.Noise(300, 3);
            var skewed = new Dataset("skewed", [.. noise.Columns.Take(8),
                new CategoryColumn("class", Enumerable.Range(0, 300).Select(i => i % 20 == 0 ? 1 : 0).ToArray(),
                    ["common", "rare"])], "class");
            using var model = new Model([new Dense { Units = 2 }]);
            new Trainer(model, new TrainingOptions
            {
                Epochs = 60, ClassWeights = weights,
                Optimizer = new Adam { LearningRate = 0.05 }
            }).Run(skewed).Last();
            return Predictor.Predict(model, skewed).Count(p => (string)p.Value == "rare") / 300.0;
        }

        Assert.True(Predicted(null) < 0.02);
        Assert.InRange(Predicted(ClassWeights.Balanced), 0.2, 0.8);
    }

    [Fact]
    public void EarlyStoppingEndsTheRunAndRestoresTheBestEpoch()
    {
        var validation = Sets.Noise(100, 8);
        using var model = new Model([new Dense { Units = 64, Activation = new ReLU() }, new Dense { Units = 2 }]);
        var options = new TrainingOptions
        {
            Epochs = 300, Optimizer = new Adam { LearningRate = 0.01 },
            EarlyStopping = new EarlyStopping(5)
        };
        var records = new Trainer(model, options).Run(Sets.Noise(100, 7), validation).ToArray();
        var best = records.Min(record => record.ValidationLoss!.Value);
        Assert.True(records.Length < 300);
        Assert.Equal(best, records[^6].ValidationLoss!.Value);
        Assert.Equal(best, Evaluator.Measure(model, validation).Loss, 5);
    }

    [Fact]
    public void EarlyStoppingOnAMetricKnowsThatMoreIsBetter()
    {
        using var model = new Model([new Dense { Units = 2 }]);
        var options = new TrainingOptions
        {
            Epochs = 50, Optimizer = new Adam { LearningRate = 0.05 },
            EarlyStopping = new EarlyStopping(3, Monitor: "ValidationAccuracy"),
        };
        var records = new Trainer(model, options).Run(Sets.Sides(50, 50), Sets.Sides(30, 30)).ToArray();
        var accuracies = records.Select(r => r.Metrics().Single(m => m.Key == "ValidationAccuracy").Value).ToArray();
        Assert.True(records.Length < 50);
        Assert.Equal(Array.IndexOf(accuracies, accuracies.Max()) + 1 + 3, records.Length);
        Assert.Equal(accuracies.Max(), Evaluator.Measure(model, Sets.Sides(30, 30)).Metrics()[0].Value);
    }

    [Fact]
    public void ALossThatIsNoNumberStopsTheRunAndKeepsGoodParameters()
    {
        using var model =
            new Model([new Dense { Units = 8, Activation = new ReLU() }, new BatchNorm(), new Dense { Units = 1 }]);
        var options = new TrainingOptions { Epochs = 5, BatchSize = 16, Optimizer = new SGD { LearningRate = 1e25 } };
        var error = Assert.ThrowsAny<DlException>(() => new Trainer(model, options).Run(Sets.Line()).ToArray());
        Assert.Equal("LossNotFinite", error.Id);
        Assert.Matches("epoch 1, batch [2-4]", error.Message);
        Assert.All(model.Network!.State,
            p => Assert.True(p.Value.to(torch.ScalarType.Float32).isfinite().all().ToBoolean(), p.Name));
    }

    [Fact]
    public void CancellingEndsWithinAStepAndLeavesAUsableModel()
    {
        using var cancel = new CancellationTokenSource();
        using var model = new Model([new Dense { Units = 2 }]);
        var trainer = new Trainer(model, new TrainingOptions { Epochs = 1000, BatchSize = 4 });
        var seen = 0;
        foreach (var _ in trainer.Run(Sets.Noise(64, 1), cancel: cancel.Token))
            if (++seen == 2)
                cancel.Cancel();
        Assert.Equal(2, seen);
        Assert.Equal(2 * 16, trainer.Progress.Step);
        Assert.Equal(2, model.History.Count);
        Assert.Equal(64, Evaluator.Measure(model, Sets.Noise(64, 1)).Count);
    }

    [Fact]
    public void TrainingAgainGoesOnCountingEpochs()
    {
        using var model = new Model([new Dense { Units = 2 }]);
        new Trainer(model, new TrainingOptions { Epochs = 2 }).Run(Sets.Noise(64, 1)).Last();
        var again = new Trainer(model, new TrainingOptions { Epochs = 1 }).Run(Sets.Noise(64, 1)).Single();
        Assert.Equal(3, again.Epoch);
    }

    [Fact]
    public void ASampleThatIsLeftAloneJoinsTheBatchBeforeItForBatchNormalisation()
    {
        using var plain = new Model([new Dense { Units = 2 }]);
        using var normalised = new Model([new Dense { Units = 4 }, new BatchNorm(), new Dense { Units = 2 }]);
        Assert.Equal(3, Steps(plain));
        Assert.Equal(2, Steps(normalised));

        static long Steps(Model model)
        {
            var trainer = new Trainer(model, new TrainingOptions { Epochs = 1, BatchSize = 32 });
            trainer.Run(Sets.Noise(65, 1)).Last();
            return trainer.Progress.Step;
        }
    }

    [Fact]
    public void EveryRecordOfARunHasTheSameMetrics()
    {
        using var model = new Model([new Dense { Units = 2 }]);
        var records = new Trainer(model, new TrainingOptions { Epochs = 3 }).Run(Sets.Noise(64, 1),
            Sets.Noise(32, 2)).ToArray();
        Assert.All(records,
            record => Assert.Equal(["Accuracy", "ValidationAccuracy"], record.Metrics().Select(m => m.Key)));
    }

    [Fact]
    public void AScheduleChangesTheLearningRate()
    {
        using var model = new Model([new Dense { Units = 2 }]);
        var options = new TrainingOptions
        {
            Epochs = 4, Optimizer = new SGD { LearningRate = 0.8 },
            Schedule = new ExponentialSchedule { Gamma = 0.5 }
        };
        Assert.Equal([0.8, 0.4, 0.2, 0.1], new Trainer(model,
            options).Run(Sets.Noise(64, 1)).Select(r => r.LearningRate), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void CudaWhereThereIsNoneIsAClearError()
    {
        if (torch.cuda.is_available())
            return;
        using var model = new Model([new Dense { Units = 2 }]);
        var error = Assert.ThrowsAny<DlException>(
            () => new Trainer(model, new TrainingOptions { Device = "cuda" }).Run(Sets.Noise(64, 1)).ToArray());
        Assert.Equal("DeviceNotAvailable", error.Id);
        Assert.Equal("UnknownDevice", Assert.ThrowsAny<DlException>(() => model.MoveTo("gpu7")).Id);
    }

    /// <summary>
    /// The objective is the loss of the output plus the weighted loss of each head.
    /// </summary>
    [Fact]
    public void AHeadLearnsByItsWeight()
    {
        using var scope = NewDisposeScope();
        var data = new Blobs { Count = 60, Centers = 3 }.Generate(2);
        using var model = new Model([
            new Dense { Units = 4, Name = "body" },
            new Dense { Units = 3, Name = "head", OutputWeight = 0.25,
                OutputLoss = new CrossEntropy { LabelSmoothing = 0.2 } },
            new Dense { Units = 3, From = ["body"] },
        ], new Shape(2), seed: 3);
        var before = model.Network!.Parameters
            .Select(parameter => parameter.Value.detach().clone().requires_grad_(true)).ToArray();
        var record = new Trainer(model, new TrainingOptions
        {
            Epochs = 1, BatchSize = 60, Shuffle = false, Optimizer = new SGD { LearningRate = 0.5 },
        }).Run(data).Single();

        var encoded = model.Plan!.Encode(data, withLabel: true);
        var (x, y) = (from_array(encoded.Inputs[0].Values).reshape(60, 2), from_array(encoded.Targets!));
        var body = nn.functional.linear(x, before[0], before[1]);
        var loss = nn.functional.cross_entropy(nn.functional.linear(body, before[4], before[5]), y);
        var headLoss = nn.functional.cross_entropy(nn.functional.linear(body, before[2], before[3]), y,
            label_smoothing: 0.2);
        Assert.Equal(loss.ToSingle(), record.Loss, 1e-5);
        loss.add(headLoss.mul(0.25)).backward();
        foreach (var (old, parameter) in before.Zip(model.Network.Parameters))
        {
            var expected = old.detach().sub(old.grad!.mul(0.5));
            Assert.True(expected.sub(parameter.Value).abs().max().ToDouble() < 1e-6, parameter.Name);
        }
    }

    /// <summary>
    /// Between epochs and at the end the model has the average; training continues with its own parameters.
    /// </summary>
    [Fact]
    public void AnAverageIsWhatValidationSeesAndWhatTheModelEndsWith()
    {
        double[] Losses(double? decay, out double measured)
        {
            using var model = new Model([new Dense { Units = 1 }], seed: 1);
            var options = new TrainingOptions
            {
                Epochs = 4, Optimizer = new SGD { LearningRate = 0.1 },
                AverageDecay = decay
            };
            var records = new Trainer(model, options).Run(Sets.Line(), Sets.Line()).ToArray();
            measured = Evaluator.Measure(model, Sets.Line()).Loss;
            Assert.Equal(records[^1].ValidationLoss!.Value, measured, 1e-6);
            return records.Select(record => record.Loss).ToArray();
        }

        Assert.Equal(Losses(null, out var plain), Losses(0.95, out var averaged));
        Assert.True(averaged > plain);
        Assert.Equal(Losses(null, out _), Losses(0, out var last));
        Assert.Equal(plain, last, 1e-6);
    }

    [Fact]
    public void CancellingWithinAnEpochLeavesTheAverage()
    {
        using var cancel = new CancellationTokenSource();
        using var model = new Model([new Dense { Units = 1, WeightInitializer = new Zeros() }]);
        var steps = 0;
        var schedule = new Probe(() =>
        {
            if (++steps == 3)
                cancel.Cancel();
        });
        var options = new TrainingOptions
        {
            BatchSize = 8, Optimizer = new SGD { LearningRate = 0.1 },
            Schedule = schedule, AverageDecay = 1
        };
        Assert.Empty(new Trainer(model, options).Run(Sets.Line(), cancel: cancel.Token));
        var first = model.Network!.Parameters[0].Value.ToSingle();
        Assert.Equal(3, steps);
        Assert.NotEqual(0, first);

        using var once = new Model([new Dense { Units = 1, WeightInitializer = new Zeros() }]);
        new Trainer(once, options with { Schedule = null, BatchSize = 8, Epochs = 1 }).Run(Sets.Line()).Last();
        Assert.Equal(once.Network!.Parameters[0].Value.ToSingle(), first);
    }

    [Fact]
    public void WhatHasNothingToLearnIsRefused()
    {
        using var frozen = new Model([new Dense { Units = 1, Frozen = true }]);
        var error = Assert
            .ThrowsAny<DlException>(() => new Trainer(frozen, new TrainingOptions()).Run(Sets.Line()).ToArray());
        Assert.Equal("NothingToLearn", error.Id);
        Assert.Contains("frozen", error.Message);
    }

    private sealed record Probe(Action Called) : Schedule
    {
        public override double Factor(RunPoint at)
        {
            Called();
            return 1;
        }
    }
}
