using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Objectives;
using DeepPS.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public class NormalEquationTests
{
    public static TheoryData<int, string> Cases => Golden.Names("optimizers_normal");

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheSolutionIsTheClosedForm(int index, string name)
    {
        using var scope = NewDisposeScope();
        var golden = Golden.Load("optimizers_normal")[index];
        Assert.StartsWith((string)golden["type"]!, name);
        var (inputs, targets) = (Golden.Tensor(golden["inputs"]!), Golden.Tensor(golden["targets"]!));
        var layer = new Dense { Units = (int)targets.shape[1], Bias = golden["bias"] is not null };
        using var model = new Model([layer], new Shape(inputs.shape[1]));
        using var solution = Golden.Item<NormalEquation>(golden).Begin(model.Network!);
        for (long first = 0; first < inputs.shape[0]; first += 7)
        {
            var size = Math.Min(7, inputs.shape[0] - first);
            solution.Add(inputs.narrow(0, first, size), targets.narrow(0, first, size));
        }

        solution.Finish();
        Golden.Equal(golden["weight"]!, model.Network!.Parameters[0].Value, "the weight");
        if (golden["bias"] is { } bias)
            Golden.Equal(bias, model.Network.Parameters[1].Value, "the bias");
    }

    /// <summary>
    /// In a training the data is standardised, so the closed form is that of the standardised numbers.
    /// </summary>
    [Theory]
    [InlineData(0, null)]
    [InlineData(3, null)]
    [InlineData(0, 3.0)]
    public void ATrainingIsRidgeRegression(double decay, double? own)
    {
        var x = Enumerable.Range(0, 40).Select(i => Math.Sin(i) + i / 20.0).ToArray();
        var y = x.Select((v, i) => 3 * v + Math.Cos(3 * i)).ToArray();
        var data = new Dataset("ridge", [new NumberColumn("x", x), new NumberColumn("y", y)], "y");
        using var model = new Model([new Flatten(), new Dense { Units = 1, WeightDecay = own }]);
        var options = new TrainingOptions
        {
            Epochs = 5, BatchSize = 16, Optimizer = new NormalEquation { WeightDecay = decay },
        };
        var record = new Trainer(model, options).Run(data, data).Single();

        var (a, b) = (Standard(x), Standard(y));
        var slope = a.Zip(b, (p, q) => p * q).Sum() / (a.Sum(p => p * p) + (own ?? decay));
        Assert.Equal(slope, model.Network!.Parameters[0].Value.ToDouble(), 1e-5);
        Assert.Equal(0, model.Network.Parameters[1].Value.ToDouble(), 1e-5);
        Assert.Equal(a.Zip(b, (p, q) => (slope * p - q) * (slope * p - q)).Average(), record.Loss, 1e-5);
        Assert.Equal(record.Loss, record.ValidationLoss!.Value, 1e-6);

        static double[] Standard(double[] values)
        {
            var mean = values.Average();
            var deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
            return values.Select(v => (v - mean) / deviation).ToArray();
        }
    }

    [Fact]
    public void WhatItCannotSolveIsRefused()
    {
        Assert.Contains("dense1 (Dense), dense2 (Dense)", Refused([new Dense { Units = 3 }, new Dense { Units = 1 }]));
        Assert.Contains("Activation ReLU", Refused([new Dense { Units = 1, Activation = new ReLU() }]));
        Assert.Contains("WeightRegularizer L2", Refused([new Dense { Units = 1, WeightRegularizer = new L2() }]));
        Assert.Contains("has MAE", Refused([new Dense { Units = 1 }],
            new TrainingOptions { Loss = CatalogIndex.Create<Loss>("MeanAbsoluteError") }));
        Assert.Contains("schedule",
            Refused([new Dense { Units = 1 }], new TrainingOptions { Schedule = new CosineSchedule() }));
        Assert.Contains("clipping", Refused([new Dense { Units = 1 }], new TrainingOptions { ClipNorm = 1 }));

        static string Refused(Layer[] layers, TrainingOptions? options = null)
        {
            using var model = new Model(layers);
            var trainer = new Trainer(model,
                (options ?? new TrainingOptions()) with { Optimizer = new NormalEquation() });
            var error = Assert.Throws<DlException>(() => trainer.Run(Sets.Line()).ToArray());
            Assert.Equal("OptimizerUse", error.Id);
            return error.Message;
        }
    }
}
