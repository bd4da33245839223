using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Training;

namespace DeepPS.Tests;

/// <summary>Trainings with augmentations.</summary>
public class AugmentationTrainingTests
{
    private static readonly Augmentation[] Several =
        [new HorizontalFlip(), new RandomCrop(), new ColorJitter { Brightness = 0.3 }, new Rotation { Degrees = 20 },
            new PixelNoise(), new Mixup()];

    [Fact]
    public void TheSameSeedGivesTheSameNumbersAndAnotherSeedOthers()
    {
        Assert.Equal(Losses(5, Several), Losses(5, Several));
        Assert.NotEqual(Losses(5, Several), Losses(6, Several));
        Assert.NotEqual(Losses(5, Several), Losses(5));

        static double[] Losses(int seed, params Augmentation[] augmentations) =>
            Run(new TrainingOptions { Epochs = 2, Seed = seed, Augmentations = augmentations })
                .Select(record => record.Loss).ToArray();
    }

    /// <summary>The random numbers of augmentations affect neither the order of the samples nor dropout.</summary>
    [Fact]
    public void OtherRandomNumbersAreTheSameWithAndWithoutAugmentations()
    {
        Assert.Equal(Losses(),
            Losses(new RandomErasing { Probability = 0 }, new Rotation { Degrees = 90, Probability = 0 }));

        static double[] Losses(params Augmentation[] augmentations) =>
            Run(new TrainingOptions { Epochs = 2, Augmentations = augmentations },
                new Dropout()).Select(record => record.Loss).ToArray();
    }

    /// <summary>Nothing is learned, so the records differ only by the augmentations.</summary>
    [Fact]
    public void ValidationMeasuresAndPredictionsSeeTheSamplesAsTheyAre()
    {
        var data = new Digits { Count = 40 }.Generate(1);
        using var model = new Model([new Flatten(), new Dense { Units = 10 }], seed: 1);
        var options = new TrainingOptions
        {
            Epochs = 2, Optimizer = new SGD { LearningRate = 0 }, Augmentations = Several,
        };
        var records = new Trainer(model, options).Run(data, data).ToArray();
        Assert.NotEqual(records[0].Loss, records[1].Loss);
        var plain = new Trainer(model, options with { Augmentations = [] }).Run(data, data).Last();
        Assert.NotEqual(plain.Loss, records[1].Loss, 1e-4);
        Assert.All(records, record => Assert.Equal(plain.ValidationLoss, record.ValidationLoss));
        Assert.Equal(plain.Loss, plain.ValidationLoss!.Value, 1e-5);
        Assert.Equal(plain.ValidationLoss!.Value, Evaluator.Measure(model, data).Loss, 1e-6);
        var probabilities = Predictor.Predict(model, data).Select(prediction => prediction.Probability).ToArray();
        Assert.Equal(probabilities, Predictor.Predict(model, data).Select(prediction => prediction.Probability));
    }

    /// <summary>
    /// Labels are changed once: a network that has memorised them is right in every epoch, but wrong on the clean
    /// labels.
    /// </summary>
    [Fact]
    public void LabelNoiseIsTheSameInEveryEpochAndInTheTrainingPartAlone()
    {
        var data = Sets.Sides(200, 200);
        var plan = DataPlan.Fit(data);
        var noise = new LabelNoise { Share = 0.4 };
        var changed = noise.Change(data, plan.Label!, 3);
        var codes = ((CategoryColumn)changed.Label!).Codes.ToArray();
        Assert.Equal(codes, ((CategoryColumn)noise.Change(data, plan.Label!, 3).Label!).Codes.ToArray());
        Assert.NotEqual(codes, ((CategoryColumn)noise.Change(data, plan.Label!, 4).Label!).Codes.ToArray());
        // With two classes, half of the random labels equal the original ones.
        var differ = codes.Zip(((CategoryColumn)data.Label!).Codes.ToArray(),
            (a, b) => a != b).Count(different => different);
        Assert.InRange(differ, 60, 100);

        using var model = new Model([new Dense { Units = 2 }]);
        var options = new TrainingOptions
        {
            Epochs = 3, Optimizer = new SGD { LearningRate = 0 }, Shuffle = false, Augmentations = [noise], Seed = 3,
        };
        var records = new Trainer(model, options).Run(data, data).ToArray();
        Assert.Single(records.Select(record => record.Loss).Distinct());
        Assert.NotEqual(records[0].Loss, records[0].ValidationLoss!.Value, 1e-4);
        Assert.Equal(Evaluator.Measure(model, changed).Loss, records[0].Loss, 1e-5);
    }

    /// <summary>
    /// Classes at each place of a sequence, some of them missing; the weight and another column are not changed.
    /// </summary>
    [Fact]
    public void LabelNoiseLeavesPlacesWithoutAClass()
    {
        var label = new TokenColumn("y", [0, 1, -1, -1, 1, 1, 2, 0], ["a", "b", "c"], new Shape(2));
        var data = new Dataset("set", [new NumberColumn("x", [1, 2, 3, 4]), label, new NumberColumn("w", [1, 2, 3, 4])],
            "y", "w");
        var changed = new LabelNoise { Share = 1 }.Change(data, LabelFitting.Fit(data)!, 1);
        var codes = ((TokenColumn)changed.Label!).Codes;
        Assert.Equal([2, 3], codes.Index().Where(pair => pair.Item < 0).Select(pair => pair.Index));
        Assert.NotEqual(label.Codes, codes);
        Assert.Equal("w", changed.Weight!.Name);
        Assert.Same(data.Columns[0], changed.Columns[0]);
    }

    /// <summary>
    /// Metrics count the class with the larger share of a mixed sample.
    /// </summary>
    [Fact]
    public void ANetworkLearnsFromMixedSamples()
    {
        var data = Sets.Sides(60, 60);
        using var model = new Model([new Dense { Units = 2 }], seed: 1);
        var options = new TrainingOptions
        {
            Epochs = 40, Optimizer = new Adam { LearningRate = 0.05 },
            Augmentations = [new Mixup()], ClassWeights = ClassWeights.Balanced,
        };
        var last = new Trainer(model, options).Run(data, data).Last().MetricValues.ToDictionary();
        Assert.True(last["ValidationAccuracy"] > 0.97);
        Assert.InRange(last["Accuracy"], 0.6, 0.99);
    }

    [Fact]
    public void AnOptimizerThatAsksAgainIsAskedAboutTheSameSamples()
    {
        var options = new TrainingOptions
        {
            Epochs = 8, BatchSize = 64, Augmentations = [new NumericNoise { StandardDeviation = 0.3 }],
            Optimizer = new LBFGS { LineSearch = LineSearch.StrongWolfe },
        };
        using var model = new Model([new Dense { Units = 1 }], seed: 1);
        var losses = new Trainer(model, options).Run(Sets.Line()).Select(record => record.Loss).ToArray();
        // The loss of the best line through noisy numbers is about 0.3 squared, minus the effect of the slope.
        Assert.InRange(losses[^1], 0.03, 0.15);
    }

    [Fact]
    public void AnAutoencoderLearnsToTakeNoiseAway()
    {
        var data = new Digits { Count = 60, Noise = 0 }.Generate(1);
        using var model = new Model([new Flatten(), new Dense { Units = 784 }], seed: 1);
        var options = new TrainingOptions
        {
            Epochs = 3, Reconstruct = true, Optimizer = new Adam(),
            Augmentations = [new PixelNoise { StandardDeviation = 0.3 }],
        };
        var records = new Trainer(model, options).Run(data, data).ToArray();
        Assert.True(records[^1].ValidationLoss < records[0].ValidationLoss);
    }

    private static EpochRecord[] Run(TrainingOptions options, params Layer[] more)
    {
        using var model = new Model([new Flatten(), .. more, new Dense { Units = 10 }], seed: 1);
        return new Trainer(model, options).Run(new Digits { Count = 64 }.Generate(1)).ToArray();
    }
}
