using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Networks;
using DeepPS.Torch;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Inference;

/// <summary>The ascent of activations by the pixels of images, one for each unit.</summary>
/// <param name="network">The network.</param>
/// <param name="node">The layer of the units.</param>
/// <param name="input">The plan of the images.</param>
/// <param name="search">The options.</param>
/// <param name="device">The network's device.</param>
internal sealed class InputAscent(
    Network network, LayerNode node, InputPlan input, InputSearch search, Device device) : IDisposable
{
    /// <summary>The first pixels before the sigmoid: dark, with a little noise; with more for layers within the
    /// network, whose units are often off.</summary>
    private const double FirstLevel = -2, FirstNoise = 0.1, InnerNoise = 2;

    private const double FirstDecay = 0.9, SecondDecay = 0.999, Smallest = 1e-8, RandomSpread = 4;

    private const int RandomImages = 32;

    private readonly Generator random = new((ulong)(uint)search.Seed, device);
    private readonly PixelScale? scale = PixelScale.Of(input, device);
    private readonly int place = network.Nodes.Index().First(pair => pair.Item == node).Index;

    /// <summary>Finds the images.</summary>
    /// <param name="units">The units.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    /// <param name="progress">Told the share of the steps done.</param>
    /// <returns>The pixels one after the other, the activations, and those of the first images.</returns>
    public (byte[] Pixels, double[] Activations, double[] Before) Run(
        int[] units, CancellationToken cancel, Action<double> progress)
    {
        using var scope = NewDisposeScope();
        var wanted = tensor(Array.ConvertAll(units, unit => (long)unit), device: device);
        var z = empty([units.Length, .. input.Shape], device: device).normal_(
            FirstLevel, node == network.OutputNode ? FirstNoise : InnerNoise, random);
        var (mean, square) = (zeros_like(z), zeros_like(z));
        var before = Of(z, wanted);
        var spread = Spread(z);
        for (var step = 1; step <= search.Steps; step++)
        {
            cancel.ThrowIfCancellationRequested();
            using var turn = ThreadTurn.Take(Threads.Count(null));
            using var inner = NewDisposeScope();
            var gradient = Undisturbed.Run(() => Gradient(z, wanted, spread));
            mean.mul_(FirstDecay).add_(gradient, 1 - FirstDecay);
            square.mul_(SecondDecay).add_(gradient.square(), 1 - SecondDecay);
            var size = search.LearningRate / (1 - Math.Pow(FirstDecay, step));
            z.sub_(mean.mul(size).div(square.div(1 - Math.Pow(SecondDecay, step)).sqrt().add(Smallest)));
            progress((double)step / search.Steps);
        }

        using var noGradient = no_grad();
        return (Bytes(Images(z)), Of(z, wanted), before);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        random.Dispose();
        scale?.Dispose();
    }

    /// <summary>The gradient of the loss: unlikely units, and bright pixels.</summary>
    private Tensor Gradient(Tensor z, Tensor units, Tensor? spread)
    {
        using var on = enable_grad();
        using var scope = NewDisposeScope();
        var variable = ExplainedBatch.Variable(z);
        var images = Images(variable);
        var views = ExplainedBatch.Tiled(images, search.Views);
        var outputs = Outputs(Moved(views));
        // Against the others, so that an image excites its own class more than any other.
        var wanted = spread is null ? outputs.log_softmax(1) : outputs.div(spread);
        var loss = wanted.gather(1, ExplainedBatch.Tiled(units, search.Views).unsqueeze(1)).mean()
            .mul(-units.shape[0]).add(images.square().mean([1, 2, 3]).sum().mul(search.L2));
        return ExplainedBatch.Derivative(loss, [variable])[0].MoveToOuterDisposeScope();
    }

    /// <summary>The standard deviation of activations over random images, the unit of the layer's activations beside
    /// the penalty; null for several outputs of the network, which are compared with each other.</summary>
    private Tensor? Spread(Tensor z)
    {
        if (node == network.OutputNode && node.OutputShape[0] > 1)
            return null;
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var images = Images(empty([RandomImages, .. z.shape[1..]], device: device).normal_(0, RandomSpread, random));
        return Outputs(images).std().clamp_min(Smallest).MoveToOuterDisposeScope();
    }

    /// <summary>The images of the optimized numbers: blurred, from 0 to 1.</summary>
    private Tensor Images(Tensor z)
    {
        if (search.Blur == 0)
            return z.sigmoid();
        var radius = (int)Math.Ceiling(2 * search.Blur);
        var places = arange(-radius, radius + 1, dtype: ScalarType.Float32, device: device);
        var weights = places.square().div(-2 * search.Blur * search.Blur).exp();
        weights = weights.div(weights.sum());
        var channels = z.shape[1];
        var padded = F.pad(z, [radius, radius, radius, radius], TorchSharp.PaddingModes.Replicate);
        var across = F.conv2d(padded, weights.reshape(1, 1, 1, -1).expand(channels, 1, 1, -1), groups: channels);
        return F.conv2d(across, weights.reshape(1, 1, -1, 1).expand(channels, 1, -1, 1), groups: channels).sigmoid();
    }

    /// <summary>Each image shifted and rotated at random.</summary>
    private Tensor Moved(Tensor images)
    {
        if (search.Jitter == 0 && search.Rotation == 0)
            return images;
        var (right, down) = (Uniform(search.Jitter), Uniform(search.Jitter));
        return new AffineMap(Uniform(search.Rotation), Shift: (right, down)).Read(images, Resampling.Bilinear, 0);

        Tensor Uniform(double most) => empty(images.shape[0], device: device).uniform_(-most, most, random);
    }

    /// <summary>The activation of each unit of the layer, (images, units): of a channel that in the middle of its
    /// map.</summary>
    private Tensor Outputs(Tensor pixels)
    {
        var inputs = new[] { scale?.Standardize(pixels) ?? pixels };
        var output = node == network.OutputNode ? network.Forward(inputs, ForwardContext.Inference)
            : network.ForwardNodes(inputs, ForwardContext.Inference)[place];
        return output.ndim == 2 ? output
            : output.select(3, output.shape[3] / 2).select(2, output.shape[2] / 2);
    }

    private double[] Of(Tensor z, Tensor units)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        return Outputs(Images(z)).gather(1, units.unsqueeze(1)).to(ScalarType.Float64).cpu().data<double>().ToArray();
    }

    private static byte[] Bytes(Tensor images) =>
        images.mul(255).round().to(ScalarType.Byte).contiguous().cpu().data<byte>().ToArray();
}
