using DeepPS.Common;
using DeepPS.Layers;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public sealed class LowRankRecurrenceTests
{
    public static TheoryData<string, bool, bool, int> Kinds
    {
        get
        {
            var kinds = new TheoryData<string, bool, bool, int>();
            foreach (var name in new[] { "RNN", "GRU", "LSTM" })
                foreach (var both in new[] { false, true })
                    foreach (var sequences in new[] { false, true })
                        kinds.Add(name, both, sequences, both ? 2 : 1);
            return kinds;
        }
    }

    /// <summary>Padded sequences too give what the layer with the whole matrices gives.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void ALayerGivesWhatTheProductsOfItsMatricesGive(string name, bool both, bool sequences, int layers)
    {
        using var scope = NewDisposeScope();
        Shape[] shapes = [new Shape(5, 4), new Shape(5)];
        using var thin = new LayerCase(Make(1), shapes, seed: 3);
        using var whole = new LayerCase(Make(0), shapes, seed: 4);
        Assert.True(thin.ParameterCount < whole.ParameterCount);
        foreach (var parameter in whole.Parameters)
        {
            var inside = parameter.Name["it.".Length..];
            parameter.Load(thin.Parameters.Any(other => other.Name == parameter.Name) ? thin[inside]
                : thin[$"{inside}.u"].matmul(thin[$"{inside}.v"]));
        }

        var x = randn(3, 5, 4);
        foreach (var mask in new[] { ones(3, 5), tensor(new float[,] { { 1, 1, 0, 0, 0 }, { 1, 1, 1, 1, 1 },
            { 1, 1, 1, 0, 0 } }) })
        {
            var expected = whole.Forward([x, mask]);
            var actual = thin.Forward([x, mask]);
            Assert.Equal(expected.shape, actual.shape);
            Assert.True(expected.allclose(actual, 1e-5, 1e-6), name);
        }

        Layer Make(int rank) => LayerCase.Make(name, ("Units", 6), ("Rank", rank), ("Bidirectional", both),
            ("ReturnSequences", sequences), ("Layers", layers));
    }

    [Fact]
    public void AMatrixStaysWholeIfTwoWouldBeNoSmaller()
    {
        using var layer = new LayerCase(new GRU { Units = 8, Rank = 4 }, new Shape(5, 2));
        Assert.Equal(["it.weight_ih_l0", "it.weight_hh_l0.u", "it.weight_hh_l0.v", "it.bias_ih_l0", "it.bias_hh_l0"],
            layer.Parameters.Select(parameter => parameter.Name));
    }
}
