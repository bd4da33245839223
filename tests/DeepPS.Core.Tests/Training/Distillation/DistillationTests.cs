using System.Text.Json.Nodes;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Networks;
using DeepPS.Objectives;
using DeepPS.Torch;
using DeepPS.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>A student that learns from teachers.</summary>
public sealed class DistillationTests
{
    public static TheoryData<int, string> Losses => Golden.Names("distillation");

    /// <summary>The loss and all gradients are PyTorch's.</summary>
    [Theory]
    [MemberData(nameof(Losses))]
    public void TheLossAndItsGradientsArePyTorchs(int index, string name)
    {
        TorchRuntime.Ensure();
        var golden = Golden.Load("distillation")[index];
        Assert.StartsWith((string)golden["type"]!, name);
        using var scope = NewDisposeScope();
        var outputs = (int)golden["outputs"]!;
        var hint = (int?)golden["hint"];
        var plan = Plan(outputs);
        using var student = Bound(4, outputs, golden["student"]!, plan);
        var teachers = golden["teachers"]!.AsArray()
            .Select(weights => Bound(hint ?? 4, outputs, weights!, plan)).ToArray();
        var options = new DistillationOptions
        {
            Temperature = (double)golden["temperature"]!,
            TeacherWeight = (double)golden["weight"]!,
        };
        var context = new ForwardContext(training: true);
        Hint[] hints = hint is null ? []
            : [new Hint(student.Network!, teachers[0].Network!, new HintOptions("hidden", "HIDDEN"), context, 1)];
        using var objective = new DistilledObjective(
            new SupervisedObjective(student.Network!, student.Loss!, context),
            new Teachers(teachers, plan, options.Temperature), plan.Label!, options)
        { Hints = hints };
        var batch = new Batch([Golden.Tensor(golden["inputs"]!)], Golden.Tensor(golden["targets"]!), null);
        if (golden["regressor"] is { } weights)
            Load(hints[0].Regressor!, weights);
        var value = objective.Compute(batch);
        value.Total.backward();
        Assert.Equal((double)golden["own"]!, value.Loss.ToDouble(), 1e-5);
        Assert.Equal((double)golden["total"]!, value.Total.ToDouble(), 2e-5);
        Compare(student.Network!, golden["gradients"]!);
        if (golden["regressor"] is null)
            return;
        foreach (var parameter in hints[0].Regressor!.Parameters)
            parameter.Value.grad = null;
        new HintObjective(hints[0]).Compute(batch).Total.backward();
        Compare(hints[0].Regressor!, golden["regressorGradients"]!);
    }

    /// <summary>Outputs that were computed beforehand are those of each batch.</summary>
    [Fact]
    public void KeptOutputsGiveTheSameTraining()
    {
        var data = Sets.Sides(60, 60);
        using var teacher = Trained(data, 16);
        var first = Student(data, teacher, []);
        // A change of nothing: batches count as augmented, so that nothing is kept.
        var second = Student(data, teacher, [new NumericNoise { StandardDeviation = 0 }]);
        Assert.Equal(first.Length, second.Length);
        Assert.All(first.Zip(second), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void ATeacherWithOtherOrderOfClassesTeachesTheSame()
    {
        var data = Sets.Sides(60, 60);
        var turned = new Dataset("sides", [data.Columns[0], new CategoryColumn("side",
            ((CategoryColumn)data.Columns[1]).Codes.ToArray().Select(code => 1 - code).ToArray(), ["right", "left"])],
            "side");
        using var teacher = Trained(turned, 16, epochs: 40);
        using var student = new Model([new Dense { Units = 2 }], seed: 2);
        var options = Options() with { Distillation = new DistillationOptions { TeacherWeight = 1 }, Epochs = 40 };
        Assert.Equal(["right", "left"], ((CategoryColumn)turned.Columns[1]).Levels);
        var last = new Trainer(student, options) { Teachers = [teacher] }.Run(data).Last();
        Assert.True(last.Metrics().Single(metric => metric.Key == "Accuracy").Value > 0.9);
    }

    /// <summary>The student's layer comes closer to the teacher's through a regressor that learns too.</summary>
    [Fact]
    public void AHintBringsLayersTogether()
    {
        var data = Sets.Noise(80, 1);
        using var teacher = Trained(data, 12, epochs: 20);
        var with = Train(new HintOptions("dense1", "dense1"));
        var without = Train();
        Assert.True(with < 0.75 * without, $"{with} with, {without} without");

        // The error of the best linear map from the student's hidden layer to the teacher's.
        double Train(params HintOptions[] hints)
        {
            using var student = new Model(
                [new Dense { Units = 6, Activation = new Tanh() }, new Dense { Units = 2 }], seed: 2);
            var options = Options() with
            {
                Epochs = 60,
                Distillation = new DistillationOptions { TeacherWeight = 0, Hints = hints },
            };
            new Trainer(student, options) { Teachers = [teacher] }.Run(data).Last();
            using var scope = NewDisposeScope();
            using var noGradient = no_grad();
            var inputs = new[] { tensor(student.Plan!.Encode(data, false).Inputs[0].Values.Cast<float>().ToArray(),
                [80, 8]) };
            var own = student.Network!.ForwardNodes(inputs, ForwardContext.Inference)[0];
            var taught = teacher.Network!.ForwardNodes(inputs, ForwardContext.Inference)[0];
            own = cat([own, ones(80, 1)], 1);
            var map = linalg.lstsq(own, taught).Solution;
            return own.matmul(map).sub(taught).square().mean().ToDouble();
        }
    }

    [Theory]
    [InlineData("own teacher", "OwnTeacher")]
    [InlineData("untrained", "ModelNotTrained")]
    [InlineData("no teacher", "NoTeacher")]
    [InlineData("other label", "TeacherLabel")]
    [InlineData("other columns", "TeacherPlan")]
    [InlineData("unknown layer", "HintLayer")]
    [InlineData("normal equation", "OptimizerUse")]
    public void WhatCannotTeachIsRefused(string what, string id)
    {
        var data = Sets.Sides(40, 40);
        using var teacher = what == "untrained" ? new Model([new Dense { Units = 2 }], new Shape(1))
            : Trained(what == "other columns" ? Sets.Noise(60, 1) : what == "other label" ? Others() : data, 4);
        using var student = new Model([new Dense { Units = 2 }]);
        if (what is "other columns" or "other label")
            new Trainer(student, Options() with { Epochs = 1 }).Run(data).Last();
        var options = Options() with
        {
            Distillation = new DistillationOptions
            {
                Hints = what == "unknown layer" ? [new HintOptions("dense", "dense9")] : [],
            },
            Optimizer = what == "normal equation" ? new NormalEquation() : new Adam(),
        };
        var error = Assert.Throws<DlException>(() => new Trainer(student, options)
        {
            Teachers = what == "no teacher" ? [] : what == "own teacher" ? [student] : [teacher],
        }.Run(data).Last());
        Assert.Equal(id, error.Id);

        Dataset Others() => new("sides", [data.Columns[0], new CategoryColumn("side",
            ((CategoryColumn)data.Columns[1]).Codes.ToArray(), ["up", "down"])], "side");
    }

    private static TrainingOptions Options() => new()
    {
        Epochs = 5, BatchSize = 16, Seed = 1, Optimizer = new Adam { LearningRate = 0.02 }, Threads = 1,
    };

    private static Model Trained(Dataset data, int units, int epochs = 5)
    {
        var model = new Model([new Dense { Units = units, Activation = new Tanh() }, new Dense { Units = 2 }], seed: 1);
        new Trainer(model, Options() with { Epochs = epochs }).Run(data).Last();
        return model;
    }

    private static float[] Student(Dataset data, Model teacher, Augmentation[] augmentations)
    {
        using var student = new Model([new Dense { Units = 3, Activation = new Tanh() }, new Dense { Units = 2 }],
            seed: 2);
        var options = Options() with { Distillation = new DistillationOptions(), Augmentations = augmentations };
        new Trainer(student, options) { Teachers = [teacher] }.Run(data).Last();
        return student.Network!.State.SelectMany(p => p.Value.detach().data<float>().ToArray()).ToArray();
    }

    private static DataPlan Plan(int outputs)
    {
        var column = new ColumnPlan("x", ColumnRole.Input, null, null) { Encoding = new TensorEncoder(new Shape(3)) };
        return new DataPlan([column], outputs > 1
            ? new LabelPlan("y", LabelKind.Class, new Shape(),
                Enumerable.Range(0, outputs).Select(i => $"{i}").ToArray())
            : new LabelPlan("y", LabelKind.Number, new Shape(1), []));
    }

    private static Model Bound(int hidden, int outputs, JsonNode weights, DataPlan plan)
    {
        var model = new Model(
            [new Dense { Units = hidden }, new Tanh { Name = "hidden" }, new Dense { Units = outputs }], new Shape(3));
        Load(model.Network!, weights);
        model.Plan = plan;
        model.Loss = outputs > 1 ? new CrossEntropy() : new MSELoss();
        return model;
    }

    private static void Load(Network network, JsonNode values)
    {
        foreach (var (parameter, value) in network.Parameters.Zip(values.AsArray()))
            parameter.Load(Golden.Tensor(value!));
    }

    private static void Compare(Network network, JsonNode gradients)
    {
        foreach (var (parameter, expected) in network.Parameters.Zip(gradients.AsArray()))
            Golden.Equal(expected!, parameter.Value.grad, parameter.Name, 5e-6);
    }
}
