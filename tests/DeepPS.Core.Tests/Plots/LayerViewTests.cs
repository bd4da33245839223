using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Plots;
using DeepPS.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public class LayerViewTests
{
    private static readonly Dataset Digits = new Digits { Count = 30 }.Generate(1);

    private static Model Net(params Layer[] layers)
    {
        var model = new Model([.. layers, new Flatten(), new Dense { Units = 10 }], seed: 1);
        new Trainer(model, new TrainingOptions { Epochs = 1 }).Run(Digits).Last();
        return model;
    }

    private static Conv2d Conv(int filters) => new() { Filters = filters, KernelSize = 3, Activation = new ReLU() };

    [Fact]
    public void FiltersAreTheWeights()
    {
        using var model = Net(Conv(5), Conv(3));
        var sheet = LayerFilters.Of(model);
        Assert.Equal(5, sheet.Rows.Single().Count);
        var weight = model.Network!.Parameters.Single(parameter => parameter.Name == "conv2d1.weight").Value;
        Assert.Equal(weight[4].data<float>().ToArray(), sheet.Rows[0][4].Values);
        // Filters of five channels: a row each.
        var second = LayerFilters.Of(model, "CONV2D2");
        Assert.Equal((3, 5), (second.Rows.Count, second.Rows[0].Count));
        var other = model.Network.Parameters.Single(parameter => parameter.Name == "conv2d2.weight").Value;
        Assert.Equal(other[2, 1].data<float>().ToArray(), second.Rows[2][1].Values);
        Assert.Equal("LayerNotFound", Assert.Throws<DlException>(() => LayerFilters.Of(model, "conv9")).Id);
    }

    [Fact]
    public void UnitsThatReadAnImageArePictures()
    {
        using var model = Net();
        var tile = LayerFilters.Of(model).Rows[0][0];
        Assert.Equal((28, 28, 1), (tile.Width, tile.Height, tile.Channels));
        using var deep = Net(new Flatten(), new Dense { Units = 4 });
        var matrix = LayerFilters.Of(deep, "dense2").Rows.Single().Single();
        Assert.Equal((4, 10), (matrix.Width, matrix.Height));
    }

    [Fact]
    public void MapsAreTheOutputsOfTheLayer()
    {
        using var model = Net(Conv(4));
        var sheet = ActivationMaps.Of(model, Digits, count: 3);
        Assert.Equal((3, 5), (sheet.Rows.Count, sheet.Rows[0].Count));
        Assert.Equal(28, sheet.Rows[0][0].Width);
        Assert.Equal((26, 26), (sheet.Rows[2][4].Width, sheet.Rows[2][4].Height));
        Assert.True(sheet.Rows[2][4].Values.Min() >= 0);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using var data = new DeviceData(model.Plan!.Encode(Digits, withLabel: false), CPU);
        var output = model.Network!.ForwardNodes(data.Range(0, 30).Inputs, ForwardContext.Inference)[0];
        foreach (var (expected, actual) in output[2, 3].contiguous().data<float>().Zip(sheet.Rows[2][4].Values))
            Assert.Equal(expected, actual, 1e-5f);
    }

    [Fact]
    public void HistogramsCountAllValues()
    {
        using var model = Net(Conv(4));
        var weights = LayerHistograms.Weights(model);
        Assert.Equal(4 * 9, weights.Panels[0].Series.OfType<Histogram>().Single().Counts.Sum());
        var outputs = LayerHistograms.Activations(model, Digits, 2);
        Assert.Equal(["conv2d1", "flatten1", "dense1"], outputs.Panels.Select(panel => panel.Title.Split(':')[0]));
        Assert.Equal(20, outputs.Panels[2].Series.OfType<Histogram>().Single().Counts.Sum());
    }

    /// <summary>The gradient of a layer's weight has the values of a backward pass, and leaves none behind.</summary>
    [Fact]
    public void GradientsAreThoseOfTheLoss()
    {
        using var model = Net(Conv(4));
        var figure = LayerHistograms.Gradients(model, Digits, 30);
        Assert.Equal(["conv2d1.weight", "dense1.weight"], figure.Panels.Select(panel => panel.Title.Split(':')[0]));
        var histogram = figure.Panels[0].Series.OfType<Histogram>().Single();
        Assert.Equal(36, histogram.Counts.Sum());

        // The same by finite differences of the loss, for the largest and the smallest gradient.
        var weight = model.Network!.Parameters[0].Value;
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using var data = new DeviceData(model.Plan!.Encode(Digits, withLabel: true), CPU);
        var batch = data.Range(0, 30);
        var flat = weight.flatten();
        var slopes = Enumerable.Range(0, 36).Select(place =>
        {
            const double step = 1e-2;
            double Loss(double by)
            {
                flat[place].add_(by);
                var loss = model.Loss!.Compute(model.Network.Forward(batch.Inputs, ForwardContext.Inference),
                    batch.Targets!).item<float>();
                flat[place].sub_(by);
                return loss;
            }

            return (Loss(step) - Loss(-step)) / (2 * step);
        }).ToArray();
        Assert.Equal(slopes.Max(), histogram.Edges[^1], 0.02);
        Assert.Equal(slopes.Min(), histogram.Edges[0], 0.02);
    }

    [Fact]
    public void NothingIsLeftOver()
    {
        using var model = Net(Conv(4));
        Look();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Look();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Look()
        {
            LayerFilters.Of(model);
            ActivationMaps.Of(model, Digits, count: 2);
            LayerHistograms.Gradients(model, Digits, 4);
            LayerHistograms.Activations(model, Digits, 4);
        }
    }

    [Fact]
    public void ASheetIsDrawnAsPicturesAndAsCharacters()
    {
        var sheet = new Sheet("tiles", [[new Tile("a", 2, 2, 1, [0, 1, 2, 3]), new Tile("b", 2, 2, 1, [3, 2, 1, 0])]],
            isSigned: false);
        Assert.Contains("<image", System.Text.Encoding.UTF8.GetString(DrawingFile.Svg(sheet)));
        var (width, height, _, pixels) = PngReader.Read(DrawingFile.Png(sheet));
        Assert.Equal(sheet.Size, (width, height));
        Assert.Contains((byte)0, pixels);
        Assert.Contains("▓█ █▓", sheet.ToText(40, colour: false));
    }
}
