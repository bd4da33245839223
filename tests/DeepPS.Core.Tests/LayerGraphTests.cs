namespace DeepPS.Tests;

public class LayerGraphTests
{
    [Fact]
    public void LayersWithoutANameGetTheirTypeAndANumber()
    {
        Layer[] layers = [new Dense { Units = 3 }, new ReLU(), new Dense { Units = 2, Name = "head" }, new Dense { Units = 1 }];
        Assert.Equal(["dense1", "relu1", "head", "dense2"], LayerNames.Of(layers));
    }

    [Fact]
    public void TwoLayersOfOneNameAreRefused()
    {
        var error = Assert.Throws<DlException>(() => new Model([new Dense { Units = 1, Name = "a" }, new Dense { Units = 1, Name = "A" }]));
        Assert.Equal("DuplicateLayer", error.Id);
    }

    [Fact]
    public void AnInputThatIsNoLayerBeforeIsRefusedAndTheLayersBeforeAreNamed()
    {
        var error = Assert.Throws<DlException>(() => new Model([new Dense { Units = 1 }, new ReLU { From = ["dens"] }], new Shape(2)));
        Assert.Equal("UnknownInput", error.Id);
        Assert.Contains("relu1", error.Message);
        Assert.Contains("dense1", error.Message);
    }

    [Fact]
    public void ALayerThatCannotWorkIsNamedWithWhatCameAndWhatItWants()
    {
        var error = Assert.Throws<DlException>(() => new Model([new Dense { Units = 4 }, new Conv2d { Filters = 3, Name = "eye" }], new Shape(784)));
        Assert.Equal("LayerShape", error.Id);
        Assert.Contains("'eye' (Conv2d)", error.Message);
        Assert.Contains("4 came", error.Message);
        Assert.Contains("channels", error.Message);
    }

    [Fact]
    public void ALayerMayReadFromAnyLayerBeforeIt()
    {
        using var model = new Model([
            new Dense { Units = 5, Name = "wide" },
            new Dense { Units = 2 },
            new Dense { Units = 1, From = ["wide"] },
        ], new Shape(3));
        Assert.Equal([-1], model.Network!.Nodes[0].Inputs);
        Assert.Equal([0], model.Network.Nodes[2].Inputs);
        Assert.Equal(new Shape(5), model.Network.Nodes[2].InputShapes[0]);
    }

    [Fact]
    public void TheSummaryCountsParametersAndShapes()
    {
        using var model = new Model([
            new Conv2d { Filters = 6, KernelSize = 5, Padding = Padding.FromSetting(2) }, new MaxPool2d(), new Flatten(), new Dense { Units = 10 },
        ], new Shape(1, 28, 28));
        Assert.Equal([156L, 0, 0, 11770], model.Summary().Select(row => row.Parameters!.Value));
        Assert.Equal(["6x28x28", "6x14x14", "1176", "10"], model.Summary().Select(row => row.OutputShape));
        Assert.Equal(156 + 11770, model.ParameterCount);
    }

    [Fact]
    public void AModelKeepsTheShapeThatItWasBoundTo()
    {
        using var model = new Model([new Dense { Units = 1 }], new Shape(3));
        model.Bind(new Shape(3));
        Assert.Equal("InputShape", Assert.Throws<DlException>(() => model.Bind(new Shape(4))).Id);
    }

    [Fact]
    public void TheSameSeedMakesTheSameParameters()
    {
        float[] First(int seed)
        {
            using var model = new Model([new Dense { Units = 7 }], new Shape(5), seed: seed);
            return model.Network!.Parameters[0].Value.data<float>().ToArray();
        }

        Assert.Equal(First(3), First(3));
        Assert.NotEqual(First(3), First(4));
    }
}
