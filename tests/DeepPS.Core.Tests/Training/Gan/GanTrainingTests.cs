using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>GAN trainings of whole models: what is learned, resumed, saved and refused.</summary>
public sealed class GanTrainingTests : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"deepps-gan-{Guid.NewGuid():N}");
    private readonly List<string> warnings = [];

    public void Dispose()
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    /// <summary>Two clouds of points with their classes.</summary>
    private static Dataset Clouds(int count = 256)
    {
        var random = new Random(1);
        var codes = Enumerable.Range(0, count).Select(i => i % 2).ToArray();
        double Around(int i, double low, double high) =>
            (codes[i] == 0 ? low : high) + random.NextDouble() - 0.5;
        return new Dataset("clouds", [
            new NumberColumn("x", Enumerable.Range(0, count).Select(i => Around(i, 10, 20)).ToArray()),
            new NumberColumn("y", Enumerable.Range(0, count).Select(i => Around(i, -3, -3)).ToArray()),
            new CategoryColumn("cloud", codes, ["left", "right"])], "cloud");
    }

    private static Dataset Pictures(int count = 64) => new("pictures",
        [new ImageColumn("picture", Enumerable.Range(0, count * 16).Select(i => (byte)(i % 251)).ToArray(),
            new Shape(1, 4, 4))]);

    private static Model Generator(int outputs = 2, Activation? last = null) => new([
        new Dense { Units = 16 }, new BatchNorm(), new ReLU(),
        new Dense { Units = outputs, Activation = last }], seed: 1);

    private static Model Critic() => new([
        new Flatten(), new Dense { Units = 16, Activation = new LeakyReLU() }, new Dropout { Probability = 0.1 },
        new Dense { Units = 1 }], seed: 2);

    private static TrainingOptions Options(GanOptions? game = null) => new()
    {
        Epochs = 4, BatchSize = 32, Seed = 3, Metrics = [], Threads = 1,
        Optimizer = new Adam { LearningRate = 0.01, Beta1 = 0.5 },
        Gan = game ?? new GanOptions { CodeSize = 4 },
    };

    private TrainingEnd Train(Model generator, Model critic, TrainingOptions options, Dataset data,
        int? steps = null, bool checkpoints = false)
    {
        using var cancel = new CancellationTokenSource();
        var done = 0;
        var trainer = new Trainer(generator, options)
        {
            Critic = critic,
            Checkpoints = checkpoints
                ? new CheckpointOptions(folder) { Every = CheckpointInterval.Parse("2step"), Resume = true } : null,
            Warn = warnings.Add,
            Callbacks = [new ActionCallback { OnStep = _ => { if (++done == steps) cancel.Cancel(); return true; } }],
        };
        foreach (var _ in trainer.Run(data, cancel: cancel.Token))
        {
        }

        return trainer.End;
    }

    private static float[] Weights(Model model) =>
        model.Network!.State.SelectMany(p => p.Value.detach().to(ScalarType.Float32).data<float>().ToArray()).ToArray();

    [Fact]
    public void AConditionalGeneratorMakesSamplesOfEachClass()
    {
        using var generator = Generator();
        using var critic = Critic();
        var options = Options(new GanOptions { CodeSize = 4, Conditional = true }) with { Epochs = 60 };
        Assert.Equal(TrainingEnd.Finished, Train(generator, critic, options, Clouds()));
        Assert.Empty(warnings);
        var samples = new SampleGenerator(generator);
        Assert.Equal(["left", "right"], samples.Classes);
        var (left, right) = (Mean("left"), Mean("right"));
        Assert.InRange(left, 8, 12);
        Assert.InRange(right, 18, 22);

        double Mean(string label) => ((NumberColumn)samples.Generate(samples.Draw(200, 5), [label]).Find("x")!)
            .Values.ToArray().Average();
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(13)]
    public void AnInterruptedTrainingContinuesToTheSameWeightsOfBoth(int steps)
    {
        var options = Options(new GanOptions
        {
            Objective = new WassersteinGan(), CodeSize = 4, CriticSteps = 2,
            CriticOptimizer = new RMSProp { LearningRate = 0.005 },
        }) with
        { AverageDecay = 0.9 };
        using var generator = Generator();
        using var critic = Critic();
        Train(generator, critic, options, Clouds());
        using (var first = Generator())
        using (var judge = Critic())
            Assert.Equal(TrainingEnd.Cancelled, Train(first, judge, options, Clouds(), steps, checkpoints: true));
        using var resumed = Generator();
        using var second = Critic();
        Assert.Equal(TrainingEnd.Finished, Train(resumed, second, options, Clouds(), checkpoints: true));
        Assert.Equal(Weights(generator), Weights(resumed));
        Assert.Equal(Weights(critic), Weights(second));
        Assert.Equal(generator.History.Select(Numbers), resumed.History.Select(Numbers));

        static string Numbers(EpochRecord record) => $"{record.Epoch} {record.Loss:R} "
            + string.Join(" ", record.Metrics().Select(metric => $"{metric.Key} {metric.Value:R}"));
    }

    [Fact]
    public void ASavedGeneratorMakesTheSameSamples()
    {
        using var generator = Generator(16, new Tanh());
        using var critic = Critic();
        Train(generator, critic, Options() with { Epochs = 1 }, Pictures());
        var samples = new SampleGenerator(generator);
        Assert.True(samples.MakesImages);
        var codes = samples.Draw(5, 7);
        var images = (ImageColumn)samples.Generate(codes).Find("picture")!;
        Assert.Equal(5, images.Count);
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "generator.dlmodel");
        ModelFile.Save(generator, path);
        using var loaded = ModelFile.Load(path);
        var again = (ImageColumn)new SampleGenerator(loaded).Generate(codes).Find("picture")!;
        Assert.Equal(images.Pixels, again.Pixels);
    }

    /// <summary>Tanh makes -1 for black and 1 for white; other last layers make 0 and 1.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void PixelsAreInTheRangeOfTheLastLayer(bool symmetric)
    {
        using var generator = Generator(16, symmetric ? new Tanh() : new Sigmoid());
        using var critic = Critic();
        Train(generator, critic, Options() with { Epochs = 1 }, Pictures());
        var samples = new SampleGenerator(generator);
        var codes = samples.Draw(3, 1);
        var pixels = ((ImageColumn)samples.Generate(codes).Find("picture")!).Pixels;
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var raw = generator.Network!.Forward(tensor(codes, [3, 4]), ForwardContext.Inference);
        var expected = (symmetric ? raw.add(1).div(2) : raw).mul(255).round().to(ScalarType.Byte);
        Assert.Equal(expected.data<byte>().ToArray(), pixels);
    }

    [Fact]
    public void AnUntrainedGeneratorMakesSamplesToo()
    {
        using var model = new Model(
            [new Dense { Units = 16, Activation = new Sigmoid() }, new Reshape { Shape = new Shape(1, 4, 4) }],
            new Shape(3));
        var samples = new SampleGenerator(model);
        Assert.Equal(3, samples.CodeSize);
        Assert.Equal(samples.Draw(2, 1), samples.Draw(2, 1));
        Assert.NotEqual(samples.Draw(2, 1), samples.Draw(2, 2));
        Assert.Equal(new Shape(1, 4, 4), ((ImageColumn)samples.Generate(samples.Draw(2, 1)).Find("Image")!).Shape);
    }

    [Fact]
    public void CodesBetweenTwoLieOnALine() =>
        Assert.Equal([0, 2, 0.5f, 1.5f, 1, 1], SampleGenerator.Between([0, 2], [1, 1], 3));

    [Fact]
    public void ClippedWeightsStayWithinTheirLimit()
    {
        using var generator = Generator();
        using var critic = Critic();
        Train(generator, critic, Options(new GanOptions
        {
            Objective = new WassersteinGan(), CodeSize = 4, ClipWeight = 0.05,
        }), Clouds());
        Assert.All(critic.Network!.Parameters, p => Assert.True(p.Value.abs().max().ToSingle() <= 0.05f));
        Assert.Contains(generator.Network!.Parameters, p => p.Value.abs().max().ToSingle() > 0.05f);
    }

    [Theory]
    [InlineData("same model", "GanModels")]
    [InlineData("two limits", "GanOptions")]
    [InlineData("too few steps", "GanOptions")]
    [InlineData("LBFGS", "OptimizerUse")]
    [InlineData("three outputs", "GeneratorShape")]
    [InlineData("code size", "GeneratorShape")]
    [InlineData("two scores", "CriticShape")]
    [InlineData("no classes", "NoLabel")]
    [InlineData("categories", "GeneratedColumns")]
    [InlineData("bound critic", "InputShape")]
    public void WhatCannotWorkIsRefusedAndLeavesTheModels(string what, string id)
    {
        using var generator = what == "three outputs" ? Generator(3)
            : what == "code size" ? new Model([new Dense { Units = 2 }], new Shape(5)) : Generator();
        using var critic = what == "two scores" ? new Model([new Dense { Units = 2 }])
            : what == "bound critic" ? new Model([new Dense { Units = 1 }], new Shape(9)) : Critic();
        var game = what switch
        {
            "two limits" => new GanOptions { GradientPenalty = 1, ClipWeight = 1 },
            "too few steps" => new GanOptions { CriticSteps = 9 },
            "code size" => new GanOptions { CodeSize = 4 },
            "no classes" => new GanOptions { Conditional = true },
            _ => new GanOptions(),
        };
        var options = Options(game) with { Optimizer = what == "LBFGS" ? new LBFGS() : new Adam() };
        var data = what == "no classes" ? new Dataset("points", Clouds().Columns.Take(2).ToArray())
            : what == "categories" ? new Dataset("points", Clouds().Columns) : Clouds();
        var error = Assert.Throws<DlException>(
            () => Train(generator, what == "same model" ? generator : critic, options, data));
        Assert.Equal(id, error.Id);
        Assert.Null(generator.Plan);
        Assert.Empty(generator.History);
        Assert.Equal(what == "code size", generator.Network is not null);
        Assert.Equal(what == "bound critic", critic.Network is not null);
    }

    /// <summary>
    /// The gradient penalty with a critic whose score does not depend on its input, and with layers of every kind that
    /// critics have: trained, or refused in our words; torch never ends the process.
    /// </summary>
    [Theory]
    [InlineData("Step")]
    [InlineData("LSTM")]
    [InlineData("Conv1d")]
    [InlineData("LayerNorm")]
    [InlineData("MultiHeadAttention")]
    public void ThePenaltyTakesAnyCriticOrSaysWhyNot(string layer)
    {
        using var generator = Generator(16, new Sigmoid());
        Layer[] layers = layer switch
        {
            "Step" => [new Flatten(), new Dense { Units = 4 }, new Step()],
            "LSTM" => [new Reshape { Shape = new Shape(4, 4) }, new LSTM { Units = 3 }],
            "Conv1d" => [new Reshape { Shape = new Shape(4, 4) }, new Conv1d { Filters = 2, KernelSize = 2 }],
            "LayerNorm" => [new Flatten(), new Dense { Units = 4 }, new LayerNorm()],
            _ => [new Reshape { Shape = new Shape(4, 4) }, new MultiHeadAttention { Heads = 2 }],
        };
        using var critic = new Model([.. layers, new Flatten(), new Dense { Units = 1 }]);
        var options = Options(new GanOptions { CodeSize = 4, GradientPenalty = 10 }) with { Epochs = 1 };
        var error = Record.Exception(() => Train(generator, critic, options, Pictures()));
        if (error is not null)
            Assert.Equal("GradientPenaltyNotSupported", Assert.IsType<DlException>(error).Id);
        else
            Assert.Single(generator.History);
    }

    [Fact]
    public void ACriticInTrainingIsRefused()
    {
        using var generator = Generator();
        using var critic = Critic();
        using var lease = critic.BeginTraining();
        Assert.Equal("ModelInTraining",
            Assert.Throws<DlException>(() => Train(generator, critic, Options(), Clouds())).Id);
    }

    [Fact]
    public void TheCheckpointsOfAGanTrainingNeedTheirCritic()
    {
        using var generator = Generator();
        using var critic = Critic();
        Train(generator, critic, Options(), Clouds(), steps: 5, checkpoints: true);
        Assert.Equal("ResumeGan", Assert.Throws<DlException>(() => TrainingResume.From(folder)).Id);
    }

    [Fact]
    public void AModelForAnotherPurposeMakesNoSamples()
    {
        using var model = new Model([new Dense { Units = 1 }]);
        new Trainer(model, new TrainingOptions { Epochs = 1 }).Run(Sets.Line()).Last();
        Assert.Equal("NotAGenerator", Assert.Throws<DlException>(() => new SampleGenerator(model)).Id);
    }
}
