using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Networks;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>The memory of a forward pass outside training does not grow with the depth of the network.</summary>
[Collection(nameof(WholeProcess))]
public sealed class ReleaseTests
{
    [Fact]
    public void OutputsWithinResidualLayersAreFreed() => Assert.Equal(Held(blocks: 3), Held(blocks: 30));

    /// <summary>The number of live tensors when the last layer runs.</summary>
    private static long Held(int blocks)
    {
        var residual = new Residual
        {
            Body = new LayerList([new Dense { Units = 4, Activation = new ReLU() }, new Dense { Units = 4 }]),
            Shortcut = new LayerList([new Dense { Units = 4 }]), Activation = new ReLU(),
        };
        var held = 0L;
        var probe = new Probe { Seen = () => held = Tensor.TotalCount };
        using var network = new Network(
            [.. Enumerable.Repeat(residual, blocks), probe], NetworkInput.Numbered([new Shape(4)]), 1);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var input = ones(2, 4);
        var before = Tensor.TotalCount;
        network.Forward(input, ForwardContext.Inference);
        return held - before;
    }

    /// <summary>Returns its input.</summary>
    private sealed record Probe : UnaryLayer
    {
        public Action Seen { get; set; } = () => { };

        protected override Shape OutputShape(Shape input) => input;

        protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder) => (input, _) =>
        {
            Seen();
            return input;
        };
    }
}
