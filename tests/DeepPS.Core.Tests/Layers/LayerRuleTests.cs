using System.Text.Json.Nodes;
using DeepPS.Common;
using DeepPS.Layers;
using static TorchSharp.torch;
using Padding = DeepPS.Layers.Padding;

namespace DeepPS.Tests;

public class LayerRuleTests
{
    /// <summary>Shapes and parameter counts of many settings, and which settings PyTorch refuses.</summary>
    [Fact]
    public void ShapesAndParameterCountsArePyTorchs()
    {
        var cases = Golden.Load("shape_rules");
        foreach (var golden in cases)
        {
            using var scope = NewDisposeScope();
            var what = $"{golden["type"]} {golden["settings"]!.ToJsonString()} on {golden["input"]!.ToJsonString()}";
            var input = new Shape(Numbers(golden["input"]!));
            if (golden["output"] is null)
            {
                var error = Record.Exception(() => Golden.Item<Layer>(golden).OutputShape([input]));
                Assert.True(error is ShapeException or DlException { Id: "InvalidSetting" }, $"{what} is not refused");
                continue;
            }

            using var layer = new LayerCase(Golden.Item<Layer>(golden), input);
            Assert.True(Numbers(golden["output"]!).SequenceEqual(layer.Output), $"{what} gives {layer.Output}");
            Assert.True((long)golden["parameters"]! == layer.ParameterCount,
                $"{what} has {layer.ParameterCount} parameters");
            Assert.Equal(layer.Output.WithBatch(2), layer.Forward(zeros(input.WithBatch(2))).shape);
        }

        Assert.Contains(cases, golden => golden["output"] is null);
    }

    /// <summary>The shape rules of convolutions and pooling, compared with torch for many settings.</summary>
    [Fact]
    public void TheShapeRuleIsTorchs()
    {
        var compared = 0;
        var settings =
            from size in Enumerable.Range(1, 8)
            from kernel in Enumerable.Range(1, 5)
            from stride in Enumerable.Range(1, 3)
            from padding in Enumerable.Range(0, kernel / 2 + 1)
            from more in new[] { (Ceil: true, Dilation: 1), (Ceil: false, Dilation: 1), (Ceil: false, Dilation: 2) }
            select (size, kernel, stride, padding, more.Ceil, more.Dilation);
        foreach (var (size, kernel, stride, padding, ceil, dilation) in settings)
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
    [InlineData("Conv2d", "Groups", 3, "divides the 2 filters")]
    [InlineData("Conv3d", "Dilation", "1x2", "or 3 of them")]
    [InlineData("ConvTranspose2d", "Groups", 5, "divides the 2 filters")]
    [InlineData("ConvTranspose1d", "OutputPadding", 1, "less than Stride 1 or Dilation 1")]
    [InlineData("ConvTranspose3d", "OutputPadding", -1, "0 or more")]
    [InlineData("DepthwiseConv2d", "KernelSize", 0, "1 or more")]
    [InlineData("DepthwiseConv2d", "DepthMultiplier", 0, "1 or more")]
    [InlineData("SeparableConv2d", "Stride", "2x2x2", "or 2 of them")]
    [InlineData("LocallyConnected2d", "Padding", "full", "'same' or 'valid'")]
    [InlineData("LowRankDense", "Rank", 0, "1 or more")]
    [InlineData("DropConnect", "Probability", 1.5, "from 0 to 1")]
    [InlineData("Dense", "BiasInitializer", "Orthogonal", "that can fill a vector; got 'Orthogonal'")]
    [InlineData("Conv2d", "BiasInitializer", "Identity", "that can fill a vector; got 'Identity'")]
    [InlineData("Dense", "WeightNormalization", "Batch", "None, Weight, Spectral")]
    [InlineData("MaxPool2d", "Padding", 2, "half of KernelSize 2 at most")]
    [InlineData("MaxPool3d", "Dilation", 0, "1 or more")]
    [InlineData("AvgPool1d", "KernelSize", "2x2", "a whole number of 1 or more;")]
    [InlineData("AdaptiveAvgPool2d", "OutputSize", 0, "1 or more, or 2 of them")]
    [InlineData("LayerNorm", "Axes", 0, "1 or more")]
    [InlineData("GroupNorm", "Groups", 0, "1 or more")]
    [InlineData("InstanceNorm", "Momentum", 2, "from 0 to 1")]
    [InlineData("LocalResponseNorm", "Size", 0, "1 or more")]
    [InlineData("AlphaDropout", "Probability", -0.1, "from 0 to 1")]
    [InlineData("StochasticDepth", "Mode", "Column", "Row, Batch")]
    [InlineData("GaussianNoise", "StandardDeviation", -1, "0 or more")]
    [InlineData("Permute", "Axes", "1x1", "each axis from 1 up once")]
    [InlineData("Permute", "Axes", "2", "each axis from 1 up once")]
    [InlineData("Upsample", "Scale", 0, "above 0")]
    [InlineData("Upsample", "Size", "3x0", "1 or more")]
    [InlineData("Upsample", "AlignCorners", true, "false where Mode is Nearest")]
    [InlineData("ZeroPad", "Before", -1, "0 or more")]
    [InlineData("ZeroPad", "After", "1x2x3x4", "0 or more")]
    [InlineData("PixelShuffle", "Factor", 0, "1 or more")]
    public void SettingsThatCannotWorkAreRefusedAtOnce(string name, string setting, object value, string wants)
    {
        var error = Assert.Throws<DlException>(() => LayerCase.Make(name, (setting, value)));
        Assert.Equal("InvalidSetting", error.Id);
        Assert.Contains($"{name}: {setting} must be", error.Message);
        Assert.Contains(wants, error.Message);
    }

    [Fact]
    public void SettingsThatDoNotGoTogetherAreRefusedAtOnce()
    {
        Assert.Contains("only a stride of 1", Refused("SeparableConv2d", ("Padding", "same"), ("Stride", 2)));
        Assert.Contains("KernelSize is even", Refused("ConvTranspose2d", ("Padding", "same"), ("KernelSize", 4)));
        Assert.Contains("OutputPadding must be 0",
            Refused("ConvTranspose2d", ("Padding", "same"), ("Stride", 2), ("OutputPadding", 1)));
        Assert.Contains("Before must be", Refused("ZeroPad", ("Before", "1x2"), ("After", "1x2x3")));

        static string Refused(string name, params (string, object?)[] settings) =>
            Assert.Throws<DlException>(() => LayerCase.Make(name, settings)).Message;
    }

    [Theory]
    [InlineData("Linear", "3x4x4", "channels x length (rank 2) for Mode Linear")]
    [InlineData("Trilinear", "3x4", "channels x depth x height x width (rank 4) for Mode Trilinear")]
    [InlineData("Bicubic", "3x4", "channels x height x width (rank 3) for Mode Bicubic")]
    public void AnUpsamplingModeIsForItsAxes(string mode, string shape, string wants) =>
        Assert.Equal(wants, Assert.Throws<ShapeException>(
            () => LayerCase.Make("Upsample", ("Mode", mode)).OutputShape([Shape.FromSetting(shape)])).Expected);

    [Fact]
    public void WhatAPaddingLeavesNothingOfIsRefused()
    {
        var layer = LayerCase.Make("ConvTranspose1d", ("KernelSize", 2), ("Padding", 2), ("Stride", 2));
        var error = Assert.Throws<ShapeException>(() => layer.OutputShape([new Shape(1, 2)]));
        Assert.Contains("a length of 3 or more", error.Expected);
        Assert.Equal(new Shape(2, 2), layer.OutputShape([new Shape(1, 3)]));
        Assert.Contains("0.3 times it is 1 or more", Assert.Throws<ShapeException>(
            () => LayerCase.Make("Upsample", ("Scale", 0.3)).OutputShape([new Shape(1, 3)])).Expected);
    }

    /// <summary>Keras' rule for 'same' in a transposed convolution: stride times the size, for every kernel.</summary>
    [Fact]
    public void SameMakesATransposedConvolutionStrideTimesAsLarge()
    {
        foreach (var kernel in Enumerable.Range(1, 6))
            foreach (var stride in Enumerable.Range(1, 4))
            {
                if (stride == 1 && kernel % 2 == 0)
                    continue;
                using var scope = NewDisposeScope();
                using var layer = new LayerCase(
                    LayerCase.Make("ConvTranspose1d", ("KernelSize", kernel), ("Stride", stride), ("Padding", "same")),
                    new Shape(1, 5));
                Assert.Equal([1, 2, 5 * stride], layer.Forward(zeros(1, 1, 5)).shape);
                Assert.Equal(new Shape(2, 5 * stride), layer.Output);
            }
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

    private static long[] Numbers(JsonNode list) => list.AsArray().Select(number => (long)number!).ToArray();

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
