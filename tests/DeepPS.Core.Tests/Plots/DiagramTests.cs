using System.Xml.Linq;
using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Networks;
using DeepPS.Plots;
using DeepPS.Training;

namespace DeepPS.Tests;

public class DiagramTests
{
    private static Conv2d Conv(int channels) => new() { Filters = channels, KernelSize = 1 };

    private static Model Branched() => new(
    [
        Conv(4),
        new Residual { Body = new LayerList(Conv(4), Conv(4)), Activation = new ReLU() },
        new ParallelLayer { Branches = [new LayerList(Conv(2)), new LayerList(Conv(3), Conv(3))] },
        new Flatten { Name = "features" },
        new Dense { Units = 2, Name = "early", OutputWeight = 0.3 },
        new Dense { Units = 2, Name = "last", From = ["features"] },
    ], new Shape(3, 4, 4), "branched");

    private static string[] Names(Diagram diagram) => diagram.Boxes.Select(box => box.Name).ToArray();

    private static string[] Arrows(Diagram diagram) => diagram.Arrows
        .Select(arrow => $"{diagram.Boxes[arrow.From].Name} > {diagram.Boxes[arrow.To].Name}").ToArray();

    [Fact]
    public void LayersWithinLayersAreOneBoxUntilTheyAreOpened()
    {
        using var model = Branched();
        Assert.Equal(["input", "conv2d1", "residual1", "parallel1", "features", "early", "last"],
            Names(NetworkDiagram.Of(model, 0)));
        var open = NetworkDiagram.Of(model, 1);
        Assert.Equal(["residual1.body.conv2d1", "residual1.body.conv2d2", "residual1"],
            Names(open).Where(name => name.StartsWith("residual1")));
        Assert.Contains("conv2d1 > residual1", Arrows(open));
        Assert.Contains("residual1.body.conv2d2 > residual1", Arrows(open));
        Assert.Contains("residual1 > parallel1.branch2.conv2d1", Arrows(open));
        Assert.Contains("features > last", Arrows(open));
        Assert.DoesNotContain("early > last", Arrows(open));
        Assert.Equal(DiagramKind.Head, open.Boxes.Single(box => box.Name == "early").Kind);
    }

    [Fact]
    public void BoxesSayShapesAndParameters()
    {
        using var model = Branched();
        var boxes = NetworkDiagram.Of(model, 1).Boxes
            .ToDictionary(box => box.Name, box => string.Join('|', box.Details));
        Assert.Contains("4x4x4 · 16 parameters", boxes["conv2d1"]);
        Assert.Contains("4x4x4 · 20 parameters", boxes["residual1.body.conv2d1"]);
        Assert.Contains("Concat|5x4x4", boxes["parallel1"]);
    }

    /// <summary>Layers read the mask or the tree of an input beside it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AnInputWithAMaskOrATreeIsOneBox(bool isTree)
    {
        Layer layer = isTree ? new TreeLSTM { Units = 2, Name = "reader" } : new LSTM { Units = 2, Name = "reader" };
        using var model = new Model([layer, new Dense { Units = 2, Name = "last" }],
            [new NetworkInput("input", new Shape(5, 6)) { IsPadded = true, IsTree = isTree }]);
        Assert.Equal(["input > reader", "reader > last"], Arrows(NetworkDiagram.Of(model, 0)));
        Assert.Contains("input > " + layer.Entry.Name, Arrows(OperationDiagram.Of(model)));
    }

    /// <summary>No box covers another, and each arrow goes down.</summary>
    [Fact]
    public void BoxesDoNotOverlap()
    {
        using var model = Branched();
        var diagram = NetworkDiagram.Of(model, 1);
        var layout = new DiagramLayout(diagram.Boxes, diagram.Arrows);
        for (var i = 0; i < layout.Boxes.Count; i++)
            for (var j = 0; j < i; j++)
                Assert.True(Math.Abs(layout.Boxes[i].Left - layout.Boxes[j].Left) >= DiagramLayout.BoxWidth
                    || layout.Boxes[i].Top >= layout.Boxes[j].Top + layout.Boxes[j].Height
                    || layout.Boxes[j].Top >= layout.Boxes[i].Top + layout.Boxes[i].Height,
                    $"{diagram.Boxes[i].Name} and {diagram.Boxes[j].Name}");
        Assert.All(layout.Arrows, arrow => Assert.True(arrow[^1].Y > arrow[0].Y));
        Assert.All(layout.Boxes, box => Assert.InRange(box.Left, 0, layout.Width - DiagramLayout.BoxWidth + 1));
    }

    [Fact]
    public void AnSvgHasABoxForEachLayer()
    {
        using var model = Branched();
        var svg = XDocument.Load(new MemoryStream(DrawingFile.Svg(NetworkDiagram.Of(model, 0))));
        var texts = svg.Descendants().Where(element => element.Name.LocalName == "text")
            .Select(text => text.Value).ToArray();
        Assert.All(["conv2d1", "residual1", "parallel1", "features", "early", "last"],
            name => Assert.Contains(name, texts));
        Assert.Contains("early", NetworkDiagram.Of(model, 0).ToText(80, colour: false));
    }

    /// <summary>The lecture's graph: z = w * x + b, an activation, a loss.</summary>
    [Fact]
    public void OperationsOfANeuron()
    {
        var data = new Blobs { Count = 20, Centers = 2 }.Generate(1);
        using var model = new Model([new Dense { Units = 2, Activation = new Sigmoid() }], seed: 1);
        Assert.Equal("NoInputShape", Assert.Throws<DlException>(() => OperationDiagram.Of(model)).Id);
        new Trainer(model, new TrainingOptions { Epochs = 1 }).Run(data).Last();
        Assert.Equal(
            ["input > ×", "dense1.weight > ×", "× > +", "dense1.bias > +", "+ > Sigmoid", "Sigmoid > CrossEntropy",
                "Label > CrossEntropy"], Arrows(OperationDiagram.Of(model)).Select(arrow =>
                    arrow.Replace(data.Label!.Name, "Label")).ToArray());
    }

    [Fact]
    public void ALargeModelHasTooManyOperations()
    {
        using var model = new Model(Enumerable.Range(0, 80).Select(_ => new Dense { Units = 2 }), new Shape(2));
        Assert.Equal("TooManyOperations", Assert.Throws<DlException>(() => OperationDiagram.Of(model)).Id);
    }

    /// <summary>The depth of published networks is the number in their names.</summary>
    [Theory]
    [InlineData("LeNet5", 5), InlineData("VGG11", 11), InlineData("ResNet18", 18), InlineData("ResNet50", 50)]
    public void DepthIsTheNumberInTheName(string name, int depth)
    {
        using var model = CatalogIndex.Create<Architecture>(name).Build();
        Assert.Equal(depth, model.Depth);
    }

    [Fact]
    public void DepthIsThatOfTheLongestPath()
    {
        using var model = Branched();
        Assert.Equal(1 + 2 + 2 + 1, model.Depth);
        using var unbound = new Model([new Dense { Units = 2 }]);
        Assert.Null(unbound.Depth);
    }
}
