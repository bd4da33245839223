namespace DeepPS.Tests;

public class ArchitectureTests
{
    [Fact]
    public void LeNet5HasItsKnownSizes()
    {
        var network = new LeNet5();
        using var model = new Model(network.Layers(), network.InputShape);
        Assert.Equal(61_706, model.ParameterCount);
        Assert.Equal(["6x28x28", "6x14x14", "16x10x10", "16x5x5", "400", "120", "84", "10"],
            model.Summary().Select(row => row.OutputShape));
    }

    [Fact]
    public void AnMlpTakesAnyShapeAndPutsDropoutAfterHiddenLayersAlone()
    {
        var network = Catalog.Create<Architecture>("MLP",
            [new("Hidden", new[] { 8, 4 }), new("Outputs", 3), new("Activation", "Tanh"), new("Dropout", 0.1)]);
        Assert.Equal(["Flatten", "Dense", "Dropout", "Dense", "Dropout", "Dense"],
            network.Layers().Select(layer => layer.Entry.Name));
        using var model = new Model(network.Layers(), new Shape(1, 2, 5));
        Assert.Equal((10 + 1) * 8 + (8 + 1) * 4 + (4 + 1) * 3, model.ParameterCount);
        Assert.Equal(new Shape(3), model.Network!.Output);
    }

    [Fact]
    public void AnMlpRefusesAHiddenLayerWithoutUnits() => Assert.Equal("InvalidSetting",
        Assert.Throws<DlException>(() => Catalog.Create<Architecture>("MLP",
            [new("Outputs", 1), new("Hidden", new[] { 4, 0 })])).Id);
}
