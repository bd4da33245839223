using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using DeepPS.Torch;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DeepPS.Bench;

/// <summary>
/// The networks of <see cref="Workload"/> in a plain TorchSharp loop, as its users write it: the peer on the same
/// engine. It uses DeepPS's loading of the native libraries and none of its other settings.
/// </summary>
internal static class PlainLoop
{
    private const int HeaderOfImages = 16;
    private const int HeaderOfLabels = 8;
    private const int Side = 28;

    public static void Train(string name, string folder, int epochs, int? threads)
    {
        TorchLibraries.Load();
        if (threads is { } count)
            set_num_threads(count);
        random.manual_seed(0);
        var (images, labels) =
            (Images(folder, "train-images-idx3-ubyte.gz"), Labels(folder, "train-labels-idx1-ubyte.gz"));
        var (testImages, testLabels) =
            (Images(folder, "t10k-images-idx3-ubyte.gz"), Labels(folder, "t10k-labels-idx1-ubyte.gz"));
        var (network, batchSize, makeOptimizer) = Get(name);
        var optimizer = makeOptimizer(network.parameters());
        var loss = CrossEntropyLoss();
        for (var epoch = 1; epoch <= epochs; epoch++)
        {
            var start = Stopwatch.GetTimestamp();
            network.train();
            var total = 0.0;
            using (var order = randperm(images.shape[0]))
            {
                for (long first = 0; first < images.shape[0]; first += batchSize)
                {
                    using var scope = NewDisposeScope();
                    var index = order.slice(0, first, Math.Min(first + batchSize, images.shape[0]), 1);
                    var target = labels[index];
                    optimizer.zero_grad();
                    var batchLoss = loss.call(network.call(images[index]), target);
                    batchLoss.backward();
                    optimizer.step();
                    total += batchLoss.item<float>() * target.shape[0];
                }
            }

            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            network.eval();
            using var noGradient = no_grad();
            using var testScope = NewDisposeScope();
            var tested = network.call(testImages).argmax(1).eq(testLabels).to(ScalarType.Float32).mean().item<float>();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"epoch {epoch} {seconds:0.000}s loss {total / images.shape[0]:0.0000} test {tested:0.0000}"));
        }
    }

    private static Setup Get(string name) =>
        name switch
        {
            "mlp512" => new(Sequential(Flatten(), Linear(Side * Side, 512), ReLU(), Linear(512, 10)), 128,
                parameters => optim.RMSProp(parameters, 1e-3, 0.9)),
            "cnn" => new(
                Sequential(Conv2d(1, 10, 5), MaxPool2d(2), ReLU(), Conv2d(10, 20, 5), Dropout2d(), MaxPool2d(2), ReLU(),
                    Flatten(), Linear(320, 50), ReLU(), Dropout(), Linear(50, 10)),
                64, parameters => optim.SGD(parameters, 0.01, 0.5)),
            "lenet5" => new(
                Sequential(Conv2d(1, 6, 5, padding: 2), ReLU(), MaxPool2d(2), Conv2d(6, 16, 5), ReLU(), MaxPool2d(2),
                    Flatten(), Linear(400, 120), ReLU(), Linear(120, 84), ReLU(), Linear(84, 10)),
                128, parameters => optim.Adam(parameters, 1e-3)),
            _ => throw new ArgumentException($"unknown model {name}"),
        };

    private static Tensor Images(string folder, string file) =>
        tensor(Read(folder, file)[HeaderOfImages..]).reshape(-1, 1, Side, Side).to(ScalarType.Float32).div_(255);

    private static Tensor Labels(string folder, string file) =>
        tensor(Read(folder, file)[HeaderOfLabels..]).to(ScalarType.Int64);

    private static byte[] Read(string folder, string file)
    {
        using var zipped = new GZipStream(File.OpenRead(Path.Combine(folder, file)), CompressionMode.Decompress);
        var content = new MemoryStream();
        zipped.CopyTo(content);
        return content.ToArray();
    }

    private sealed record Setup(Module<Tensor, Tensor> Network, int BatchSize,
        Func<IEnumerable<TorchSharp.Modules.Parameter>, optim.Optimizer> Optimizer);
}
