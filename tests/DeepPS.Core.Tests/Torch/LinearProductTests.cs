using DeepPS.Torch;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Tests;

/// <summary>The product of a linear layer, computed by a convolution, equals the usual one.</summary>
[Collection(nameof(WholeProcess))]
public class LinearProductTests
{
    [Theory]
    [InlineData(true, 128, 96)]
    [InlineData(false, 128, 96)]
    [InlineData(true, 4, 16, 96)]
    [InlineData(true, 1, 1)]
    public void OutputsAndGradientsAreThoseOfTheProduct(bool withBias, params int[] shape)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(1);
        var sizes = Array.ConvertAll(shape, size => (long)size);
        var expected = Run(F.linear);
        var actual = Run(LinearProduct.ByConvolution);
        foreach (var (wanted, got) in expected.Zip(actual))
        {
            Assert.Equal(wanted.shape, got.shape);
            // Sums of up to 128 numbers of about 1, added in another order.
            Assert.True(wanted.sub(got).abs().max().ToDouble() <= 1e-5 * Math.Max(1, wanted.abs().max().ToDouble()));
        }

        Tensor[] Run(Func<Tensor, Tensor, Tensor?, Tensor> product)
        {
            using var generator = new Generator(7);
            var x = randn(sizes, generator: generator).requires_grad_();
            var weight = randn([48, sizes[^1]], generator: generator).requires_grad_();
            var bias = withBias ? randn([48], generator: generator).requires_grad_() : null;
            var output = product(x, weight, bias);
            output.mul(randn(output.shape, generator: generator)).sum().backward();
            return [output.detach(), x.grad!, weight.grad!, .. bias is null ? Array.Empty<Tensor>() : [bias.grad!]];
        }
    }

    [Fact]
    public void OnlyLargeProductsOfSeveralThreadsTakeTheOtherWay()
    {
        using var scope = NewDisposeScope();
        var threads = get_num_threads();
        try
        {
            var (large, small) = (empty(1024, 128), empty(64, 128));
            var weight = empty(128, 128);
            set_num_threads(2);
            Assert.True(LinearProduct.Suits(large, weight));
            Assert.False(LinearProduct.Suits(small, weight));
            Assert.False(LinearProduct.Suits(large.to(ScalarType.Float64), weight.to(ScalarType.Float64)));
            set_num_threads(1);
            Assert.False(LinearProduct.Suits(large, weight));
        }
        finally
        {
            set_num_threads(threads);
        }
    }
}
