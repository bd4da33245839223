using System.Text.Json.Nodes;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public class InitializerTests
{
    public static TheoryData<int, string> Initializers => Golden.Names("initializers");

    [Theory]
    [MemberData(nameof(Initializers))]
    public void AnInitializerDrawsFromPyTorchsDistribution(int index, string name)
    {
        var golden = Golden.Load("initializers")[index]!;
        Assert.StartsWith((string)golden["type"]!, name);
        var sizes = Numbers(golden["shape"]!);
        var values = Fill(Golden.Item<Initializer>(golden), sizes,
            Fan.Of(Numbers(golden["weightShape"] ?? golden["shape"]!)));
        if ((string)golden["distribution"]! == "uniform")
            CheckUniform(values, (double)golden["low"]!, (double)golden["high"]!);
        else
            CheckNormal(values, (double)golden["mean"]!, (double)golden["deviation"]!);
    }

    [Fact]
    public void UniformAndNormalDrawFromTheirSettings()
    {
        CheckUniform(Fill(new Uniform { Low = -1, High = 3 }, [50_000]), -1, 3);
        CheckNormal(Fill(new Normal { Mean = 2, StandardDeviation = 0.5 }, [50_000]), 2, 0.5);
    }

    [Fact]
    public void ConstantsAreConstant()
    {
        Assert.All(Fill(new Zeros(), [3, 3]), value => Assert.Equal(0, value));
        Assert.All(Fill(new Ones(), [3, 3]), value => Assert.Equal(1, value));
        Assert.All(Fill(new Constant { Value = 0.25 }, [3, 3]), value => Assert.Equal(0.25f, value));
    }

    [Theory]
    [InlineData("Uniform")]
    [InlineData("KaimingNormal")]
    public void TheSameSeedGivesTheSameNumbers(string name)
    {
        var initializer = Catalog.Create<Initializer>(name);
        Assert.Equal(Fill(initializer, [20, 5], seed: 7), Fill(initializer, [20, 5], seed: 7));
        Assert.NotEqual(Fill(initializer, [20, 5], seed: 7), Fill(initializer, [20, 5], seed: 8));
    }

    [Fact]
    public void UniformWantsItsEndsInOrder() => Assert.Equal("InvalidSetting",
        Assert.Throws<DlException>(() => Catalog.Create<Initializer>("Uniform", [new("Low", 2), new("High", 1)])).Id);

    /// <summary>A bias is spread by what its weight touches, not by its own length.</summary>
    [Fact]
    public void ALayersFirstValuesFollowItsInputs()
    {
        using var dense = new LayerCase(new Dense { Units = 5000 }, new Shape(4));
        CheckUniform(dense["weight"].data<float>().ToArray(), -0.5, 0.5);
        CheckUniform(dense["bias"].data<float>().ToArray(), -0.5, 0.5);
        using var convolution = new LayerCase(
            new Conv2d { Filters = 4000, KernelSize = 2, Groups = 2 }, new Shape(8, 2, 2));
        CheckUniform(convolution["weight"].data<float>().ToArray(), -0.25, 0.25);
        CheckUniform(convolution["bias"].data<float>().ToArray(), -0.25, 0.25);
    }

    private static float[] Fill(Initializer initializer, long[] sizes, Fan? fan = null, ulong seed = 3)
    {
        using var generator = new Generator(seed);
        using var values = empty(sizes, dtype: ScalarType.Float32);
        initializer.Fill(values, fan ?? Fan.Of(sizes), generator);
        return values.data<float>().ToArray();
    }

    private static long[] Numbers(JsonNode list) => list.AsArray().Select(number => (long)number!).ToArray();

    private static void CheckUniform(float[] values, double low, double high)
    {
        var width = high - low;
        var edge = 12.0 / values.Length * width;
        Assert.InRange(values.Min(), low - 1e-6 * width, low + edge);
        Assert.InRange(values.Max(), high - edge, high + 1e-6 * width);
        CheckMoments(values, (low + high) / 2, width / Math.Sqrt(12));
    }

    private static void CheckNormal(float[] values, double mean, double deviation)
    {
        CheckMoments(values, mean, deviation);
        var within = values.Count(value => Math.Abs(value - mean) < deviation) / (double)values.Length;
        Assert.InRange(within, 0.6827 - 2.5 / Math.Sqrt(values.Length), 0.6827 + 2.5 / Math.Sqrt(values.Length));
    }

    private static void CheckMoments(float[] values, double mean, double deviation)
    {
        var error = 5 / Math.Sqrt(values.Length);
        var actual = values.Average(value => (double)value);
        Assert.InRange(actual, mean - error * deviation, mean + error * deviation);
        var spread = Math.Sqrt(values.Average(value => Math.Pow(value - actual, 2)));
        Assert.InRange(spread, deviation * (1 - error), deviation * (1 + error));
    }
}
