using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Networks;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>Layers over trees. <see cref="LayerTests"/> compares their values with those of PyTorch, which computed
/// them node by node (<c>golden/layers_trees.py</c>).</summary>
[Collection(nameof(WholeProcess))]
public sealed class TreeLayerTests
{
    private static readonly NetworkInput Input = new("input", new Shape(5, 6)) { IsPadded = true, IsTree = true };

    public static TheoryData<Layer> Layers =>
    [
        new TreeLSTM { Units = 4 }, new TreeLSTM { Units = 4, Children = 2, ReturnNodes = true },
        new RecursiveTree { Units = 4 }, new RecursiveTree { Units = 4, Gated = true, Activation = new ReLU() },
    ];

    /// <summary>Nodes with parent, place and level, padded to some number.</summary>
    private static Tensor Tree(int size, int seed, params int[] parents)
    {
        using var scope = NewDisposeScope();
        var tree = full([1, size, 6], float.NaN);
        using var random = new Generator((ulong)seed);
        tree[0, TensorIndex.Slice(0, parents.Length), TensorIndex.Slice(0, 3)] =
            randn([parents.Length, 3], generator: random);
        for (var (i, levels) = (0, new int[parents.Length]); i < parents.Length; i++)
        {
            levels[i] = i == 0 ? 0 : levels[parents[i]] + 1;
            float[] place = [parents[i], parents[..i].Count(parent => parent == parents[i]), levels[i]];
            tree[0, i, TensorIndex.Slice(3, 6)] = tensor(place);
        }

        return tree.MoveToOuterDisposeScope();
    }

    [Theory, MemberData(nameof(Layers))]
    public void OtherTreesAndPaddingDoNotMatter(Layer layer)
    {
        using var scope = NewDisposeScope();
        using var network = new Network([layer], [Input], seed: 3);
        var trees = new[] { Tree(5, 1, -1), Tree(5, 2, -1, 0, 0, 2, 2), Tree(5, 3, -1, 0, 1, 2, 3) };
        var missing = full([1, 5, 6], float.NaN);
        var together = network.Forward(cat([.. trees, missing]), ForwardContext.Inference);
        foreach (var (i, tree) in trees.Index())
            Assert.True(together[i].allclose(network.Forward(tree, ForwardContext.Inference)[0], atol: 1e-6));
        Assert.Equal(0, together[3].abs().sum().item<float>());
        using var wider = new Network([layer], [Input with { Shape = new(9, 6) }], seed: 3);
        var padded = cat([trees[1], full([1, 4, 6], float.NaN)], 1);
        var output = wider.Forward(padded, ForwardContext.Inference)[0];
        Assert.True(together[1].allclose(output.dim() == 2 ? output.narrow(0, 0, 5) : output, atol: 1e-6));
        var before = Tensor.TotalCount;
        using (NewDisposeScope())
            network.Forward(trees[1], ForwardContext.Inference);
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void LayersThatKeepNodesPassTheTreeOn()
    {
        using var scope = NewDisposeScope();
        using var network = new Network([
            new Dense { Units = 4, Activation = new ReLU() }, new TreeLSTM { Units = 3, ReturnNodes = true },
            new RecursiveTree { Units = 2 }], [Input], seed: 3);
        Assert.Equal([2, 2], network.Forward(cat([Tree(5, 1, -1, 0), Tree(5, 2, -1, 0, 0)]), ForwardContext.Inference)
            .shape);
        Assert.Equal([-1, -3], network.Nodes[1].Inputs.Select(input => input < 0 ? input : -1));
        using var pooled = new Network([new SequenceMean()], [Input], seed: 1);
        var tree = Tree(5, 2, -1, 0, 0);
        Assert.True(tree[0].narrow(0, 0, 3).narrow(1, 0, 3).mean([0])
            .allclose(pooled.Forward(tree, ForwardContext.Inference)[0]));
    }

    [Fact]
    public void ALayerWithoutATreeIsRefused()
    {
        Layer tree = new TreeLSTM { Units = 2 };
        Refused("TreeUnknown", new NetworkInput("x", new Shape(5, 3)), tree);
        Refused("TreeUnknown", new NetworkInput("x", new Shape(5, 3)) { IsPadded = true }, tree);
        Refused("TreeUnknown", Input, new Dense { Units = 3 }, new BatchNorm(), tree);
        Refused("TreeUnknown", Input, new Residual { Body = new(new RecursiveTree { Units = 3, ReturnNodes = true }) });
        Refused("LayerShape", new NetworkInput("x", new Shape(5)), tree);
        using var given = new Network(
            [new BatchNorm { Name = "a" }, tree with { From = ["a", "input.tree"] }], [Input], seed: 1);
        Assert.Equal(new Shape(2), given.Output);

        static void Refused(string id, NetworkInput input, params Layer[] layers) =>
            Assert.Equal(id, Assert.Throws<DlException>(() => new Network(layers, [input], seed: 1)).Id);
    }

    [Fact]
    public void WrongTreesAreRefused()
    {
        using var scope = NewDisposeScope();
        using var network = new Network([new RecursiveTree { Units = 2 }], [Input], seed: 1);
        var wide = Assert.Throws<DlException>(
            () => network.Forward(Tree(5, 1, -1, 0, 0, 0), ForwardContext.Inference));
        Assert.Equal("TooManyChildren", wide.Id);
        Assert.Contains("has 3", wide.Message, StringComparison.Ordinal);
        using var layer = new LayerCase(new TreeLSTM { Units = 2 }, [new Shape(2, 3), new Shape(2, 3)]);
        foreach (var places in new float[][] { [-1, 0, 0, 1, 0, 1], [-1, 0, 0, 5, 0, 1], [-1, 0, 0, 0, 0, 9] })
            Assert.Equal("InvalidTree", Assert.Throws<DlException>(
                () => layer.Forward([ones(1, 2, 3), tensor(places).reshape(1, 2, 3)])).Id);
    }

    [Fact]
    public void AModelFileKeepsThatItsInputIsATree()
    {
        using var model = new Model([new TreeLSTM { Units = 3 }], [Input], seed: 2);
        var sizes = model.Network!.State.ToDictionary(parameter => parameter.Name, parameter => parameter.Value.shape);
        var json = ModelJson.Write(model).ToJsonString();
        using var read = ModelJson.Read(SafeJson.Parse(json), name => sizes.GetValueOrDefault(name));
        Assert.True(read.Network!.Inputs[0] is { IsTree: true, IsPadded: true });
        Assert.ThrowsAny<Exception>(() => ModelJson.Read(
            SafeJson.Parse(json.Replace("\"padded\":true,", "", StringComparison.Ordinal)),
            name => sizes.GetValueOrDefault(name)));
    }
}
