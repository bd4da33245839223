using DeepPS.Data;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public class PixelBatchTests
{
    [Theory]
    [InlineData(1, 28, 28)]
    [InlineData(3, 7, 5)]
    [InlineData(1, 1, 1)]
    public void ABatchEqualsTorchsOwnToTheLastBit(int channels, int height, int width)
    {
        using var scope = NewDisposeScope();
        var pixels = new byte[9 * channels * height * width];
        new Random(1).NextBytes(pixels);
        var images = from_array(pixels).reshape(9, channels, height, width);
        var index = tensor(new long[] { 8, 0, 3, 3 });
        var expected = images.index_select(0, index).to(ScalarType.Float32).div_(255f);
        var batch = PixelBatch.Take(images, index);
        Assert.Equal(expected.shape, batch.shape);
        Assert.Equal(expected.data<float>().ToArray(), batch.data<float>().ToArray());
    }

    [Fact]
    public void EveryByteIsDividedAsTorchDivides()
    {
        using var scope = NewDisposeScope();
        var images = from_array(Enumerable.Range(0, 256).Select(i => (byte)i).ToArray()).reshape(1, 1, 16, 16);
        var batch = PixelBatch.Take(images, tensor(new long[] { 0 }));
        Assert.Equal(images.to(ScalarType.Float32).div_(255f).data<float>().ToArray(), batch.data<float>().ToArray());
    }
}
