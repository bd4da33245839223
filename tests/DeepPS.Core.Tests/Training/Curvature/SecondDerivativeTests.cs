using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Networks;
using DeepPS.Objectives;
using DeepPS.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

/// <summary>Products with the Hessian beside differences of gradients, for layers with kernels of their own.</summary>
public class SecondDerivativeTests
{
    private const double Step = 1e-2;

    public static TheoryData<string> Layers => new(Cases.Keys);

    /// <summary>Six numbers as three steps of two.</summary>
    private static Reshape Pairs { get; } = new() { Shape = new Shape(3, 2) };

    private static Dictionary<string, Layer[]> Cases { get; } = new()
    {
        ["dense"] = [new Dense { Units = 4, Activation = new Tanh() }],
        ["large dense"] = [new Dense { Units = 4, Activation = new GELU() }, new LayerNorm()],
        ["convolution"] = [Pairs, new Conv1d { Filters = 3, KernelSize = 2, Activation = new Sigmoid() }],
        ["recurrent"] = [Pairs, new RNN { Units = 3 }],
        ["LSTM"] = [Pairs, new LSTM { Units = 3 }],
        ["GRU"] = [Pairs, new GRU { Units = 3 }],
        ["attention"] = [Pairs, new Dense { Units = 4 }, new MultiHeadAttention { Heads = 2 }],
        ["batch norm"] = [new Dense { Units = 4 }, new BatchNorm(), new Softplus()],
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void AProductIsTheChangeOfTheGradient(string name)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(6);
        using var network = new Network([.. Cases[name], new Flatten(), new Dense { Units = 2 }], new Shape(6), 3);
        using var samples = new GivenSamples(randn(9, 6), randn(9, 2));
        var hessian = new HessianProduct(network, new MSELoss(), samples, 9, 1, default);
        var along = randn(hessian.Size, ScalarType.Float64);
        along = along.div(along.norm());
        var expected = Slope(Step).sub(Slope(-Step)).div(2 * Step);
        var product = hessian.Of(along);
        var error = product.sub(expected).norm().div(expected.norm()).ToDouble();
        Assert.True(error < 2e-2, $"off by {error:g3} of its length");

        Tensor Slope(double step)
        {
            var pieces = FlatVector.Pieces(along.mul(step), network.Parameters);
            var before = network.Parameters.Select(parameter => parameter.Value.detach().clone()).ToArray();
            foreach (var (parameter, piece) in network.Parameters.Zip(pieces))
                parameter.Load(parameter.Value.detach().add(piece));
            foreach (var parameter in network.Parameters)
                parameter.Value.grad = null;
            var batch = samples.Open(9).Take(0, 9);
            new MSELoss().Compute(batch, network.Forward(batch.Inputs, ForwardContext.Inference), null).backward();
            foreach (var (parameter, value) in network.Parameters.Zip(before))
                parameter.Load(value);
            return FlatVector.Of(network.Parameters.Select(parameter =>
                parameter.Value.grad ?? zeros_like(parameter.Value.detach())));
        }
    }

    /// <summary>A layer by an operator without a second derivative.</summary>
    [Fact]
    public void AMissingSecondDerivativeIsATypedError()
    {
        using var scope = NewDisposeScope();
        using var network = new Network([new Dense { Units = 4 }, new TorchAttention()], new Shape(6), 3);
        using var samples = new GivenSamples(randn(9, 6), randn(9, 4));
        var hessian = new HessianProduct(network, new MSELoss(), samples, 9, 1, default);
        var error = Assert.Throws<DlException>(() => hessian.Of(ones(hessian.Size, ScalarType.Float64)));
        Assert.Equal("SecondDerivativeNotSupported", error.Id);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Contains("derivative", error.Message);
    }

    /// <summary>Passes its input through torch's own attention.</summary>
    private sealed record TorchAttention : UnaryLayer
    {
        protected override Shape OutputShape(Shape input) => input;

        protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder) => (x, _) =>
        {
            var heads = x.view(x.shape[0], 1, 2, 2);
            return nn.functional.scaled_dot_product_attention(heads, heads, heads).reshape(x.shape);
        };
    }
}
