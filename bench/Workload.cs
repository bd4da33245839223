using System.Globalization;
using DeepPS.Data;
using DeepPS.Inference;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Networks;
using DeepPS.Training;

namespace DeepPS.Bench;

/// <summary>The peer script's networks, trained by DeepPS.Core with the same settings; prints the same lines.</summary>
internal static class Workload
{
    public static void Train(string name, string folder, int epochs, int? threads)
    {
        var train = IdxReader.ReadFolder(folder, "train");
        var test = IdxReader.ReadFolder(folder, "t10k");
        var (layers, options) = Get(name);
        using var model = new Model(layers, name: name);
        var trainer = new Trainer(model, options with { Epochs = epochs, Threads = threads });
        foreach (var record in trainer.Run(train))
        {
            var accuracy = record.Metrics()[0].Value;
            var tested = Evaluator.Measure(model, test).Metrics()[0].Value;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"epoch {record.Epoch} {record.Seconds:0.000}s loss {record.Loss:0.0000} acc {accuracy:0.0000} "
                + $"test {tested:0.0000}"));
        }
    }

    private static (Layer[] Layers, TrainingOptions Options) Get(string name) => name switch
    {
        "mlp512" => (
            [new Flatten(), new Dense { Units = 512, Activation = new ReLU() }, new Dense { Units = 10 }],
            new TrainingOptions { BatchSize = 128, Optimizer = new RMSProp { LearningRate = 1e-3, Alpha = 0.9 } }),
        "cnn" => (
            [
                new Conv2d { Filters = 10, KernelSize = 5 }, new MaxPool2d(), new ReLU(),
                new Conv2d { Filters = 20, KernelSize = 5 }, new Dropout2d(), new MaxPool2d(), new ReLU(),
                new Flatten(), new Dense { Units = 50, Activation = new ReLU() }, new Dropout(),
                new Dense { Units = 10 },
            ],
            new TrainingOptions { BatchSize = 64, Optimizer = new SGD { LearningRate = 0.01, Momentum = 0.5 } }),
        "lenet5" => (
            [.. new LeNet5().Layers()],
            new TrainingOptions { BatchSize = 128, Optimizer = new Adam() }),
        _ => throw new ArgumentException($"unknown model {name}"),
    };
}
