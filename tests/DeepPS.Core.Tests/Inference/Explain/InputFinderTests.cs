using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Training;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>Activation maximization.</summary>
[Collection(nameof(WholeProcess))]
public class InputFinderTests
{
    /// <summary>The image of a linear unit without regularization is white where its weights are above 0, else black:
    /// the maximum in closed form.</summary>
    [Fact]
    public void TheMaximumOfALinearUnitIsTheSignOfItsWeights()
    {
        using var scope = NewDisposeScope();
        var data = ExplainedModels.Images(new float[3 * 16], new Shape(1, 4, 4));
        using var model = ExplainedModels.Untrained(data, new Flatten(), new Dense { Units = 2, Name = "units" },
            new Dense { Units = 3 });
        var found = InputFinder.Find(model, new InputSearch
        {
            Layer = "units", Blur = 0, Jitter = 0, Rotation = 0, L2 = 0, Views = 1, Steps = 300, LearningRate = 0.3,
        }).ToArray();
        foreach (var input in found)
        {
            var weights = model.Network!.Parameters[0].Value[input.Unit].data<float>().ToArray();
            Assert.All(weights.Zip(input.Pixels()).Where(pair => Math.Abs(pair.First) > 0.02), pair =>
                Assert.True(pair.First > 0 ? pair.Second > 245 : pair.Second < 10, $"{pair}"));
            var bias = model.Network.Parameters[1].Value[input.Unit].item<float>();
            Assert.Equal(weights.Where(weight => weight > 0).Sum() + bias, input.Activation, 0.05);
        }
    }

    [Fact]
    public void ImagesOfClassesAreReadByAnotherNetwork()
    {
        var data = new Digits { Count = 600 }.Generate(1);
        using var model = Trained(1);
        using var other = Trained(2);
        var found = InputFinder.Find(model, new InputSearch { Steps = 100, Seed = 1 }).ToArray();
        Assert.Equal(10, found.Count(input => Equals(input.Class, input.Prediction)));
        var column = data.Columns.OfType<ImageColumn>().Single();
        var images = new Dataset("found", [new ImageColumn(column.Name,
            found.SelectMany(input => input.Pixels()).ToArray(), column.Shape)]);
        var read = Predictor.Predict(other, images);
        Assert.True(read.Zip(found).Count(pair => Equals(pair.First.Value, pair.Second.Class)) >= 7);

        Model Trained(int seed)
        {
            var model = new Model([new Conv2d { Filters = 8, KernelSize = 3, Activation = new ReLU() },
                new MaxPool2d(), new Flatten(), new Dense { Units = 10 }], seed: seed);
            new Trainer(model, new TrainingOptions
            {
                Epochs = 5, Seed = seed, Optimizer = new Adam { LearningRate = 0.005 },
            }).Run(data).Last();
            return model;
        }
    }

    [Fact]
    public void TheSameSeedGivesTheSameImagesAndNoTensorIsLeft()
    {
        var data = ExplainedModels.Images(new float[3 * 64], new Shape(1, 8, 8));
        using var model = ExplainedModels.Untrained(data,
            new Conv2d { Filters = 4, KernelSize = 3, Name = "maps" }, new Flatten(), new Dense { Units = 3 });
        var first = Run();
        var live = Live();
        Assert.Equal(first, Run());
        Assert.Equal(live, Live());

        byte[] Run() => InputFinder.Find(model, new InputSearch { Steps = 5, Layer = "maps", Units = [1, 3] })
            .Concat(InputFinder.Find(model, new InputSearch { Steps = 5 }))
            .SelectMany(input => input.Pixels()).ToArray();
    }

    private static long Live()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Tensor.TotalCount;
    }
}
