using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public class LayerTests
{
    public static TheoryData<int, string> Layers => Golden.Names("layers");

    public static TheoryData<int, string> Weighted => Golden.Names("weighted");

    [Theory]
    [MemberData(nameof(Layers))]
    public void ALayerGivesPyTorchsOutputsAndGradients(int index, string name) => Check("layers", index, name);

    [Theory]
    [MemberData(nameof(Weighted))]
    public void AWeightedLayerWithAnActivationGivesPyTorchsOutputsAndGradients(int index, string name) =>
        Check("weighted", index, name);

    [Fact]
    public void EveryLayerHasGoldenValues() => Assert.Empty(Golden.Missing("layers", CatalogKind.Layer));

    [Theory]
    [InlineData("Dense", "", "features on the last axis")]
    [InlineData("Conv1d", "5", "put Reshape 1x5 before it")]
    [InlineData("Conv1d", "1x28x28", "channels x length (rank 2)")]
    [InlineData("Conv1d", "4x2", "a length of 3 or more")]
    [InlineData("Conv2d", "28x28", "put Reshape 1x28x28 before it")]
    [InlineData("Conv2d", "784", "channels x height x width (rank 3)")]
    [InlineData("Conv2d", "1x2x28", "a height of 3 or more")]
    [InlineData("Conv2d", "1x28x2", "a width of 3 or more")]
    [InlineData("MaxPool2d", "28x28", "put Reshape 1x28x28 before it")]
    [InlineData("MaxPool2d", "1x1x28", "a height of 2 or more")]
    [InlineData("AvgPool2d", "", "channels x height x width (rank 3)")]
    [InlineData("GlobalAvgPool2d", "28x28", "channels x height x width (rank 3)")]
    [InlineData("Dropout2d", "10", "channels x height x width (rank 3)")]
    [InlineData("BatchNorm", "", "features (rank 1)")]
    [InlineData("BatchNorm", "1x2x3x4", "channels x height x width (rank 3)")]
    [InlineData("Softmax", "", "rank 1 or more")]
    public void AShapeThatCannotWorkIsRefusedWithWhatTheLayerWants(string name, string shape, string wants)
    {
        var layer = Catalog.Create<Layer>(name, name.StartsWith("Conv", StringComparison.Ordinal) ? [new("Filters", 2)]
            : name == "Dense" ? [new("Units", 2)] : []);
        var input = Shape.FromSetting(shape);
        var error = Assert.Throws<ShapeException>(() => layer.OutputShape([input]));
        Assert.Contains(wants, error.Wants);
        Assert.Equal([input], error.Came);
    }

    [Fact]
    public void ALayerOfOneInputRefusesTwo() =>
        Assert.Contains("one input", Assert.Throws<ShapeException>(
            () => new Flatten().OutputShape([new Shape(1), new Shape(2)])).Wants);

    [Fact]
    public void ReshapeRefusesAnotherSize() =>
        Assert.Contains("784 numbers", Assert.Throws<ShapeException>(
            () => new Reshape { Shape = new Shape(1, 28, 28) }.OutputShape([new Shape(783)])).Wants);

    [Fact]
    public void GroupsMustPartTheChannels() =>
        Assert.Contains("2 equal groups", Assert.Throws<ShapeException>(
            () => new Conv2d { Filters = 4, Groups = 2 }.OutputShape([new Shape(3, 5, 5)])).Wants);

    /// <summary>The shape rule of convolutions and pooling against what torch makes of many settings.</summary>
    [Fact]
    public void TheShapeRuleIsTorchs()
    {
        var compared = 0;
        foreach (var size in Enumerable.Range(1, 8))
        foreach (var kernel in Enumerable.Range(1, 5))
        foreach (var stride in Enumerable.Range(1, 3))
        foreach (var padding in Enumerable.Range(0, kernel / 2 + 1))
        foreach (var (ceil, dilation) in new[] { (true, 1), (false, 1), (false, 2) })
        {
            Layer layer = dilation == 1
                ? new MaxPool2d { KernelSize = kernel, Stride = stride, Padding = padding, CeilMode = ceil }
                : new Conv2d
                {
                    Filters = 2, KernelSize = kernel, Stride = stride, Padding = padding, Dilation = dilation,
                };
            var input = new Shape(1, size, 9);
            using var scope = NewDisposeScope();
            var torchs = SizesByTorch(layer, input, kernel, stride, padding, ceil);
            if (torchs is null)
                Assert.Throws<ShapeException>(() => layer.OutputShape([input]));
            else
                Assert.Equal(torchs, layer.OutputShape([input]).WithBatch(1));
            compared++;
        }

        Assert.Equal(8 * 3 * (1 + 2 + 2 + 3 + 3) * 3, compared);
    }

    [Theory]
    [InlineData("Conv2d", "Stride", 0, "1 or more")]
    [InlineData("Conv2d", "Padding", -1, "0 or more")]
    [InlineData("Conv2d", "KernelSize", "3x3x3", "or 2 of them")]
    [InlineData("Conv1d", "KernelSize", "3x3", "a whole number of 1 or more;")]
    [InlineData("Conv2d", "Groups", 3, "divides the 4 filters")]
    [InlineData("MaxPool2d", "Padding", 2, "half of KernelSize 2 at most")]
    public void SettingsThatCannotWorkAreRefusedAtOnce(string name, string setting, object value, string wants)
    {
        var filters = new KeyValuePair<string, object?>("Filters", 4);
        var error = Assert.Throws<DlException>(() => Catalog.Create<Layer>(name,
            [.. name == "MaxPool2d" ? [] : new[] { filters }, new(setting, value)]));
        Assert.Equal("InvalidSetting", error.Id);
        Assert.Contains(wants, error.Message);
    }

    [Fact]
    public void SamePaddingWantsAStrideOfOne() =>
        Assert.Contains("stride of 1", Assert.Throws<DlException>(
            () => new Conv1d { Filters = 1, Padding = Padding.Same, Stride = 2 }
                .OutputShape([new Shape(1, 9)])).Message);

    [Theory]
    [InlineData("same", "same", "same")]
    [InlineData("Valid", "0", 0L)]
    [InlineData(2, "2", 2L)]
    [InlineData("1x2", "1x2", null)]
    public void PaddingComesFromWordsAndNumbers(object given, string shown, object? plain)
    {
        var padding = Padding.FromSetting(given);
        Assert.Equal(shown, padding.ToString());
        Assert.Equal(plain ?? new[] { 1L, 2L }, padding.ToSetting());
        Assert.Equal(padding, Padding.FromSetting(padding.ToSetting()));
    }

    [Fact]
    public void BatchNormRefusesToLearnFromOneNumberAChannel()
    {
        using var layer = new LayerCase(new BatchNorm(), new Shape(3));
        using var one = ones(1, 3);
        Assert.Equal("BatchTooSmall", Assert.Throws<DlException>(() => layer.Forward(one, training: true)).Id);
        Assert.Equal(0, layer["num_batches_tracked"].item<long>());
        Assert.Equal([1, 3], layer.Forward(one).shape);
    }

    private static void Check(string set, int index, string name)
    {
        var golden = Golden.Load(set)[index];
        Assert.StartsWith((string)golden["type"]!, name);
        LayerCase.CheckAgainst(golden);
    }

    private static long[]? SizesByTorch(Layer layer, Shape input, int kernel, int stride, int padding, bool ceil)
    {
        var batch = zeros(input.WithBatch(1));
        try
        {
            return layer is Conv2d
                ? nn.functional.conv2d(batch, zeros(2, 1, kernel, kernel), null, [stride, stride], [padding, padding],
                    [2, 2]).shape
                : nn.functional.max_pool2d(batch, [kernel, kernel], [stride, stride], [padding, padding],
                    ceil_mode: ceil).shape;
        }
        catch (Exception e) when (e is not DlException)
        {
            return null;
        }
    }
}
