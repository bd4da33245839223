using System.Globalization;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Networks;
using DeepPS.Training;

namespace DeepPS.Bench;

/// <summary>
/// Networks of one kind of block each, trained on noise by DeepPS.Core: training steps without reading data.
/// <c>torch_blocks.py</c> does the same in PyTorch; both print the seconds per epoch.
/// </summary>
internal static class Blocks
{
    private const int StepsPerEpoch = 20;
    private const int Classes = 10;

    public static readonly string[] Names = ["lstm", "transformer", "resnet18"];

    public static void Train(string name, int epochs, int? threads)
    {
        var (batch, shape, layers) = Get(name);
        using var model = new Model(layers, name: name);
        var options = new TrainingOptions
        {
            Epochs = epochs,
            BatchSize = batch,
            Optimizer = new Adam(),
            Threads = threads,
        };
        foreach (var record in new Trainer(model, options).Run(Noise(batch * StepsPerEpoch, shape)))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"epoch {record.Epoch} {record.Seconds:0.000}s loss {record.Loss:0.0000}"));
    }

    private static (int Batch, Shape Shape, IReadOnlyList<Layer> Layers) Get(string name) => name switch
    {
        "lstm" => (64, new Shape(1, 50, 64),
            [new Reshape { Shape = new Shape(50, 64) }, new LSTM { Units = 128 }, new Dense { Units = Classes }]),
        "transformer" => (32, new Shape(1, 64, 128),
            [
                new Reshape { Shape = new Shape(64, 128) },
                new TransformerEncoder { Layers = 4, Heads = 8, FeedForward = 512 },
                new Flatten(), new Dense { Units = Classes },
            ]),
        "resnet18" => (32, new Shape(3, 32, 32), new ResNet18 { Classes = Classes }.Layers()),
        _ => throw new ArgumentException($"unknown block {name}"),
    };

    private static Dataset Noise(int count, Shape shape)
    {
        var random = new Random(1);
        var pixels = new byte[count * shape.Size];
        random.NextBytes(pixels);
        var labels = Enumerable.Range(0, count).Select(_ => random.Next(Classes)).ToArray();
        var levels = Enumerable.Range(0, Classes).Select(level => $"{level}").ToArray();
        return new Dataset("Noise",
            [new ImageColumn("Image", pixels, shape), new CategoryColumn("Label", labels, levels)], "Label");
    }
}
