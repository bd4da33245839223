using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public class LayerTests
{
    public static TheoryData<int, string> Layers => Golden.Names("layers");

    public static TheoryData<int, string> Twice => Golden.Names("layers", golden => golden["second"] is not null);

    public static TheoryData<int, string> Weighted => Golden.Names("weighted");

    [Theory]
    [MemberData(nameof(Layers))]
    public void ALayerGivesPyTorchsOutputsAndGradients(int index, string name) => Check("layers", index, name);

    [Theory]
    [MemberData(nameof(Weighted))]
    public void AWeightedLayerWithAnActivationGivesPyTorchsOutputsAndGradients(int index, string name) =>
        Check("weighted", index, name);

    [Theory]
    [MemberData(nameof(Twice))]
    public void ALayerGivesPyTorchsSecondGradients(int index, string name)
    {
        var golden = Golden.Load("layers")[index];
        Assert.StartsWith((string)golden["type"]!, name);
        LayerCase.CheckSecondGradients(golden);
    }

    /// <summary>PyTorch has none for its sampling from a grid.</summary>
    [Fact]
    public void AllOtherLayersHaveSecondGradients() =>
        Assert.Equal(["SpatialTransformer"], Golden.WithoutSecondGradients("layers"));

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
    [InlineData("BatchNorm", "1x2x3x4x5", "channels x height x width (rank 3)")]
    [InlineData("BatchNorm", "1x2x3x4x5", "channels x depth x height x width (rank 4)")]
    [InlineData("Conv3d", "5x5x5", "put Reshape 1x5x5x5 before it")]
    [InlineData("Conv3d", "1x5x2x5", "a height of 3 or more")]
    [InlineData("Conv3d", "7", "channels x depth x height x width (rank 4)")]
    [InlineData("ConvTranspose1d", "7", "channels x length (rank 2)")]
    [InlineData("ConvTranspose2d", "28x28", "put Reshape 1x28x28 before it")]
    [InlineData("DepthwiseConv2d", "3x2x5", "a height of 3 or more")]
    [InlineData("SeparableConv2d", "3x5", "put Reshape 1x3x5 before it")]
    [InlineData("LocallyConnected1d", "3x2", "a length of 3 or more")]
    [InlineData("LocallyConnected2d", "3x5x2", "a width of 3 or more")]
    [InlineData("LowRankDense", "", "features on the last axis")]
    [InlineData("DropConnect", "", "features on the last axis")]
    [InlineData("MaxPool1d", "2x1", "a length of 2 or more")]
    [InlineData("AvgPool3d", "2x2x1x2", "a height of 2 or more")]
    [InlineData("AdaptiveAvgPool1d", "5", "put Reshape 1x5 before it")]
    [InlineData("AdaptiveMaxPool3d", "1x5x5", "channels x depth x height x width (rank 4)")]
    [InlineData("GlobalMaxPool1d", "1x2x3", "channels x length (rank 2)")]
    [InlineData("Dropout1d", "1x2x3", "channels x length (rank 2)")]
    [InlineData("Dropout3d", "3x4", "channels x depth x height x width (rank 4)")]
    [InlineData("LayerNorm", "", "1 axes or more")]
    [InlineData("GroupNorm", "3x4", "channels in 2 equal groups")]
    [InlineData("GroupNorm", "2", "two numbers or more in each")]
    [InlineData("InstanceNorm", "5", "channels x length (rank 2), channels x height")]
    [InlineData("InstanceNorm", "5x1", "two numbers or more a channel")]
    [InlineData("LocalResponseNorm", "5", "channels x length (rank 2)")]
    [InlineData("Permute", "3x4x5", "2 axes for the order 2x1")]
    [InlineData("Upsample", "3", "channels x length (rank 2)")]
    [InlineData("ZeroPad", "1x2x3x4x5", "channels x length (rank 2)")]
    [InlineData("PixelShuffle", "6x2x2", "a multiple of 4 channels")]
    [InlineData("PReLU", "", "channels on the first axis")]
    [InlineData("GLU", "4x3", "an even number of places on axis -1")]
    [InlineData("Softmax", "", "rank 1 or more")]
    public void AShapeThatCannotWorkIsRefusedWithWhatTheLayerWants(string name, string shape, string wants)
    {
        var layer = name == "PReLU" ? new PReLU { PerChannel = true } : LayerCase.Make(name);
        var input = Shape.FromSetting(shape);
        var error = Assert.Throws<ShapeException>(() => layer.OutputShape([input]));
        Assert.Contains(wants, error.Expected);
        Assert.Equal([input], error.Actual);
    }

    [Fact]
    public void ALayerOfOneInputRefusesTwo() =>
        Assert.Contains("one input", Assert.Throws<ShapeException>(
            () => new Flatten().OutputShape([new Shape(1), new Shape(2)])).Expected);

    [Fact]
    public void ReshapeRefusesAnotherSize() =>
        Assert.Contains("784 numbers", Assert.Throws<ShapeException>(
            () => new Reshape { Shape = new Shape(1, 28, 28) }.OutputShape([new Shape(783)])).Expected);

    [Fact]
    public void GroupsMustPartTheChannels() =>
        Assert.Contains("2 equal groups", Assert.Throws<ShapeException>(
            () => new Conv2d { Filters = 4, Groups = 2 }.OutputShape([new Shape(3, 5, 5)])).Expected);

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
}
