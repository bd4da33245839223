using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Networks;
using DeepPS.Objectives;
using DeepPS.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public class ArchitectureTests
{
    [Fact]
    public void LeNet5HasItsKnownSizes()
    {
        using var model = new LeNet5().Build();
        Assert.Equal("LeNet5", model.Name);
        Assert.Equal(61_706, model.ParameterCount);
        Assert.Equal(["6x28x28", "6x14x14", "16x10x10", "16x5x5", "400", "120", "84", "10"],
            model.Summary().Select(row => row.OutputShape));
    }

    [Fact]
    public void AnMlpTakesAnyShapeAndPutsDropoutAfterHiddenLayersAlone()
    {
        var network = CatalogIndex.Create<Architecture>("MLP",
            [new("Hidden", new[] { 8, 4 }), new("Outputs", 3), new("Activation", "Tanh"), new("Dropout", 0.1)]);
        Assert.Equal(["Flatten", "Dense", "Dropout", "Dense", "Dropout", "Dense"],
            network.Layers().Select(layer => layer.Entry.Name));
        using var model = network.Build(new Shape(1, 2, 5));
        Assert.Equal((10 + 1) * 8 + (8 + 1) * 4 + (4 + 1) * 3, model.ParameterCount);
        Assert.Equal(new Shape(3), model.Network!.Output);
    }

    [Theory]
    [InlineData("MLP", "Hidden", new[] { 4, 0 })]
    [InlineData("Autoencoder", "Hidden", new[] { 4, 0 })]
    [InlineData("ConvAutoencoder", "Filters", new int[0])]
    [InlineData("CifarResNet", "Depth", 21)]
    [InlineData("StochasticDepthResNet", "Depth", 29)]
    [InlineData("DcganGenerator", "ImageSize", 48)]
    [InlineData("TransformerClassifier", "Heads", 3)]
    [InlineData("Transformer", "Heads", 7)]
    [InlineData("GruForecaster", "Dropout", 0.5)]
    [InlineData("LogisticRegression", "Classes", 1)]
    public void SettingsThatCannotWorkAreRefusedByName(string name, string setting, object value)
    {
        var settings = new Dictionary<string, object?> { [setting] = value };
        if (name == "MLP")
            settings["Outputs"] = 1;
        var error = Assert.Throws<DlException>(() => CatalogIndex.Create<Architecture>(name, settings));
        Assert.Equal("InvalidSetting", error.Id);
        Assert.Contains(setting, error.Message);
    }

    [Fact]
    public void ABottleneckNetworkHasNineLayersABlock()
    {
        Assert.Equal("InvalidSetting", Assert.Throws<DlException>(() => CatalogIndex.Create<Architecture>("CifarResNet",
            [new("Depth", 32), new("Bottleneck", true)])).Id);
        Assert.Equal(9, CatalogIndex.Create<Architecture>("CifarResNet", [new("Depth", 29), new("Bottleneck", true)])
            .Layers().OfType<Residual>().Count());
    }

    [Theory]
    [InlineData(20)]
    [InlineData(32)]
    [InlineData(44)]
    [InlineData(56)]
    [InlineData(110)]
    [InlineData(1202)]
    public void ThePublishedNetworksForCifarAreFoundByName(int depth)
    {
        var named = CatalogIndex.Create<Architecture>($"ResNet{depth}", [new("Classes", 100)]);
        Assert.Equal(new CifarResNet { Depth = depth, Classes = 100 }.Layers(), named.Layers());
        Assert.Equal(new Shape(3, 32, 32), named.InputShape);
    }

    [Theory]
    [InlineData("Autoencoder", 8)]
    [InlineData("DeepAutoencoder", 2, 4)]
    [InlineData("DenoisingAutoencoder", 8)]
    [InlineData("SparseAutoencoder", 8)]
    [InlineData("VariationalAutoencoder", 8)]
    [InlineData("ConvAutoencoder", 3, 12, 16)]
    public void AnAutoencoderTakesTheShapeOfItsFirstData(string name, params int[] sizes)
    {
        var shape = new Shape(sizes.Select(size => (long)size).ToArray());
        using var model = CatalogIndex.Create<Architecture>(name).Build(seed: 1);
        model.Configure((_, layer) => layer with { Frozen = layer is Dense or Conv2d });
        model.Bind(shape);
        Assert.Equal(shape, model.InputShape);
        Assert.Equal(shape, model.Network!.Output);
        Assert.True(model.Layers[name == "ConvAutoencoder" ? 0 : model.Layers.Count - (shape.Rank > 1 ? 2 : 1)].Frozen);
        using var given = CatalogIndex.Create<Architecture>(name).Build(shape, seed: 1);
        given.Network!.Parameters.Zip(model.Network.Parameters).ToList()
            .ForEach(pair => Assert.True(pair.First.Value.equal(pair.Second.Value).all().ToBoolean()));
        Assert.Equal("InputShape", Assert.Throws<DlException>(() => given.Bind(new Shape(1, 28, 28))).Id);
    }

    [Fact]
    public void AnotherArchitectureKeepsItsShape()
    {
        using var model = CatalogIndex.Create<Architecture>("LeNet5").Build();
        Assert.Equal("InputShape", Assert.Throws<DlException>(() => model.Bind(new Shape(3, 32, 32))).Id);
    }

    [Fact]
    public void VggWithBatchNormalisationIsFoundByNameAndBySetting()
    {
        var named = CatalogIndex.Create<Architecture>("vgg16bn");
        var set = CatalogIndex.Create<Architecture>("VGG16", [new("BatchNorm", true)]);
        Assert.Equal(set.Layers(), named.Layers());
        Assert.Equal(13, named.Layers().OfType<BatchNorm>().Count());
        Assert.Empty(CatalogIndex.Create<Architecture>("VGG16").Layers().OfType<BatchNorm>());
    }

    [Theory]
    [InlineData("ResNet18",
        "conv1,bn1,maxpool,layer1.0,layer1.1,layer2.0,layer2.1,layer3.0,layer3.1,layer4.0,layer4.1,avgpool,fc")]
    [InlineData("DenseNet121",
        "conv0,norm0,pool0,denseblock1,transition1,denseblock2,transition2,denseblock3,transition3,denseblock4,norm5,avgpool,classifier")]
    [InlineData("UNet",
        "down1,pool1,down2,pool2,down3,pool3,down4,pool4,bottom,up4,join4,merge4,up3,join3,merge3,up2,join2,merge2,"
        + "up1,join1,merge1,classes")]
    public void LayersHaveNamesToFreezeThemBy(string name, string layers) =>
        Assert.Equal(layers.Split(','), CatalogIndex.Create<Architecture>(name).Layers().Select(layer => layer.Name));

    [Fact]
    public void EveryLayerOfADeepNetworkHasAName()
    {
        var entries = CatalogIndex.Get(CatalogKind.Architecture).Where(entry => entry.Name is not ("MLP" or "LeNet5"));
        foreach (var entry in entries)
            Assert.All(((Architecture)entry.Create([])).Layers(),
                layer => Assert.True(layer.Name is not null, $"{entry.Name}: {layer}"));
    }

    [Theory]
    [InlineData("GoogLeNet", new[] { "aux1", "aux2" }, 0.3)]
    [InlineData("InceptionV3", new[] { "aux" }, 0.4)]
    public void AuxiliaryHeadsCountInTheLossAndCanBeLeftOut(string name, string[] heads, double weight)
    {
        var with = CatalogIndex.Create<Architecture>(name).Layers()
            .Where(layer => layer.OutputWeight is not null).ToArray();
        Assert.Equal(heads, with.Select(layer => layer.Name));
        Assert.All(with, layer => Assert.Equal(weight, layer.OutputWeight));
        Assert.DoesNotContain(CatalogIndex.Create<Architecture>(name, [new("AuxiliaryWeight", 0)]).Layers(),
            layer => layer.OutputWeight is not null);
    }

    [Fact]
    public void TheProbabilityToLeaveABlockOutGrowsEvenly()
    {
        var blocks = new StochasticDepthResNet { Depth = 20, DropProbability = 0.9 }.Layers().OfType<Residual>();
        var probabilities = blocks.Select(block => ((StochasticDepth)block.Body[^1]).Probability).ToArray();
        Assert.Equal(Enumerable.Range(1, 9).Select(i => i / 10.0), probabilities, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Theory]
    [InlineData("Autoencoder", "20")]
    [InlineData("Autoencoder", "3x4x5")]
    [InlineData("ConvAutoencoder", "3x27x10")]
    [InlineData("DenoisingAutoencoder", "7")]
    [InlineData("DeepAutoencoder", "1x28x28")]
    [InlineData("SparseAutoencoder", "1x8x8")]
    public void AnAutoencoderGivesTheShapeThatItGets(string name, string shape)
    {
        using var model = CatalogIndex.Create<Architecture>(name).Build(Shape.FromSetting(shape));
        Assert.Equal(model.Network!.Input, model.Network.Output);
        Assert.Contains(model.Layers, layer => layer.Name is "code" or "encoder2");
    }

    [Fact]
    public void AConvAutoencoderWantsImages() => Assert.Equal("InputShape",
        Assert.Throws<DlException>(() => new ConvAutoencoder().Build(new Shape(784))).Id);

    [Fact]
    public void OneShapeForANetworkOfTwoInputsIsRefusedWithItsSettings()
    {
        var error = Assert.Throws<DlException>(() => new Transformer { Vocabulary = 10 }.Build(new Shape(5)));
        Assert.Equal("InputShape", error.Id);
        Assert.Contains("source 128, target 128", error.Message);
        Assert.Contains("SourceLength", error.Message);
    }

    [Fact]
    public void AnImageTooSmallForAHeadIsRefusedAndTheHeadNamed()
    {
        var error = Assert.Throws<DlException>(() => new InceptionV3().Build(new Shape(3, 75, 75)));
        Assert.Equal("LayerShape", error.Id);
        Assert.Contains("'aux'", error.Message);
    }

    [Fact]
    public void APerceptronLearnsByItsOwnRule()
    {
        using var model = new Perceptron().Build();
        var options = new TrainingOptions
        {
            Epochs = 1, BatchSize = 1, Shuffle = false, Optimizer = new SGD { LearningRate = 1 },
        };
        new Trainer(model, options).Run(Sets.Noise(20, 1)).ToArray();
        Assert.IsType<PerceptronLoss>(model.Loss);
    }

    /// <summary>Deviations of many initial values; the tolerances allow for chance.</summary>
    [Fact]
    public void FirstValuesAreThoseOfThePapers()
    {
        using var scope = NewDisposeScope();
        using var resnet = new ResNet18().Build(new Shape(3, 32, 32));
        Assert.Equal(Math.Sqrt(2.0 / (64 * 49)), Deviation(resnet, "conv1.weight"), 0.02);
        Assert.Equal(Math.Sqrt(2.0 / (512 * 9)), Deviation(resnet, "layer4.1.body.conv2d2.weight"), 0.001);
        using var vgg = new VGG11 { Hidden = 512 }.Build(new Shape(3, 32, 32));
        Assert.Equal(0.01, Deviation(vgg, "fc2.weight"), 0.001);
        using var generator = new DcganGenerator().Build();
        Assert.Equal(0.02, Deviation(generator, "conv2.weight"), 0.001);
        Assert.Equal(1, Named(generator, "bn1.weight").mean().ToDouble(), 0.01);
        Assert.Equal(0.02, Deviation(generator, "bn1.weight"), 0.005);
        using var google = new GoogLeNet().Build(new Shape(3, 32, 32));
        Assert.Equal(0.01, Deviation(google, "conv3.body.conv2d1.weight"), 0.001);

        static double Deviation(Model model, string name) => Named(model, name).std().ToDouble();

        static Tensor Named(Model model, string name) =>
            model.Network!.Parameters.Single(parameter => parameter.Name == name).Value.detach();
    }
}
