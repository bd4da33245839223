using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public class EmbeddingTests
{
    [Theory]
    [InlineData(0, 2, null, "Tokens")]
    [InlineData(4, 0, null, "Features")]
    [InlineData(4, 2, 4, "PaddingIndex")]
    [InlineData(4, 2, -1, "PaddingIndex")]
    public void SettingsThatCannotWorkAreRefusedAtOnce(int tokens, int features, int? padding, string setting)
    {
        var error = Assert.Throws<DlException>(() => CatalogIndex.Create<Layer>("Embedding",
            [new("Tokens", tokens), new("Features", features), new("PaddingIndex", padding)]));
        Assert.Equal("InvalidSetting", error.Id);
        Assert.Contains($"{setting} must be", error.Message);
    }

    [Fact]
    public void WeightsOfOtherSizesAreRefused()
    {
        var error = Assert.Throws<DlException>(() => CatalogIndex.Create<Layer>("Embedding",
            [new("Tokens", 3), new("Features", 2), new("Weights", new[] { new[] { 1.0, 2 }, new[] { 3.0, 4 } })]));
        Assert.Contains("Weights must be a row for each of 3 Tokens, of 2 Features; got '2x2'", error.Message);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(-1)]
    public void AnIdThatIsNoTokenIsNamed(int id)
    {
        using var scope = NewDisposeScope();
        using var layer = new LayerCase(new Embedding { Tokens = 4, Features = 2 }, new Shape(3));
        var error = Assert.Throws<DlException>(() => layer.Forward(tensor(new float[,] { { 0, id, 3 } })));
        Assert.Equal("UnknownToken", error.Id);
        Assert.Contains($"0 to 3; got {id}", error.Message);
    }

    [Fact]
    public void PaddingBeginsAsZerosAndOnlyThePretrainedStaysAsItWasGiven()
    {
        using var drawn = new LayerCase(new Embedding { Tokens = 4, Features = 2, PaddingIndex = 1 }, new Shape(3));
        Assert.Equal(0, drawn["weight"][1].abs().max().ToDouble());
        Assert.NotEqual(0, drawn["weight"][0].abs().min().ToDouble());
        var weights = PretrainedWeights.FromSetting(new float[,] { { 1, 2 }, { 3, 4 } });
        using var given = new LayerCase(
            new Embedding { Tokens = 2, Features = 2, PaddingIndex = 1, Weights = weights }, new Shape(3));
        Assert.Equal([1f, 2, 3, 4], given["weight"].data<float>().ToArray());
    }

    [Fact]
    public void AMatrixComesInEveryFormThatAScriptHas()
    {
        object[] forms =
        [
            new float[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } }, new double[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } },
            new[] { new[] { 1f, 2 }, new[] { 3f, 4 }, new[] { 5f, 6 } },
            new object[] { new object[] { 1, "2" }, new double[] { 3, 4 }, new List<int> { 5, 6 } },
        ];
        foreach (var form in forms)
        {
            var weights = PretrainedWeights.FromSetting(form);
            Assert.Equal([1f, 2, 3, 4, 5, 6], weights.Values!);
            Assert.Equal("3x2", weights.ToSetting());
        }

        object[] invalid = ["3", new[] { 1.0, 2 }, Array.Empty<float[]>(), new[] { new[] { 1f }, new[] { 1f, 2 } }, 7];
        foreach (var wrong in invalid)
            Assert.Throws<FormatException>(() => PretrainedWeights.FromSetting(wrong));
    }

    /// <summary>The file holds the matrix once: it is read back as the values of the parameter.</summary>
    [Fact]
    public void AModelWithPretrainedWeightsComesBackFromItsFile()
    {
        var weights = PretrainedWeights.FromSetting(new float[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } });
        var embedding = new Embedding { Tokens = 3, Features = 2, Weights = weights };
        using var model = new Model([embedding, new GRU { Units = 2, Layers = 2 }], new Shape(4));
        var path = Path.GetTempFileName();
        try
        {
            ModelFile.Save(model, path);
            using var loaded = ModelFile.Load(path);
            Assert.Equal(model.Layers, loaded.Layers);
            foreach (var (a, b) in model.Network!.State.Zip(loaded.Network!.State))
            {
                Assert.Equal(a.Name, b.Name);
                Assert.True(a.Value.bytes.SequenceEqual(b.Value.bytes), a.Name);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Token ids as floating-point numbers are the input and also the mask, as in a text classifier.</summary>
    [Fact]
    public void IdsAreTheMaskOfTheSequencesTheyGive()
    {
        using var scope = NewDisposeScope();
        using var network = new Network(
            [
                new Embedding { Tokens = 9, Features = 4, PaddingIndex = 0 },
                new LSTM { Units = 3, From = ["embedding1", "input"] },
            ], new Shape(5), seed: 3);
        var padded = network.Forward(tensor(new float[,] { { 4, 7, 2, 0, 0 } }), ForwardContext.Inference);
        using var without = new Network(
            [new Embedding { Tokens = 9, Features = 4, PaddingIndex = 0 }, new LSTM { Units = 3 }],
            new Shape(3), seed: 3);
        var plain = without.Forward(tensor(new float[,] { { 4, 7, 2 } }), ForwardContext.Inference);
        Assert.True(plain.allclose(padded, 1e-6, 1e-6));
    }
}
