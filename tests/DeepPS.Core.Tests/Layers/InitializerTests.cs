using System.Text.Json.Nodes;
using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;
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
        switch ((string)golden["distribution"]!)
        {
            case "uniform":
                CheckUniform(values, Number("low"), Number("high"));
                break;
            case "normal":
                CheckNormal(values, Number("mean"), Number("deviation"));
                break;
            case "truncated":
                CheckMoments(values, Number("mean"), Number("deviation"));
                Assert.All(values, value => Assert.InRange(value, (float)Number("low"), (float)Number("high")));
                Assert.InRange(values.Count(value => value < Number("middle")) / (double)values.Length,
                    Number("below") - 2.5 / Math.Sqrt(values.Length), Number("below") + 2.5 / Math.Sqrt(values.Length));
                break;
            default:
                using (var expected = Golden.Tensor(golden["values"]!))
                    Assert.Equal(expected.data<float>().ToArray(), values);
                break;
        }

        double Number(string key) => (double)golden[key]!;
    }

    /// <summary>
    /// Constants and simple distributions need none; another test checks that Orthogonal is a rotation.
    /// </summary>
    [Fact]
    public void EveryOtherInitializerHasGoldenValues() => Assert.Equal(
        ["Constant", "Normal", "Ones", "Orthogonal", "Uniform", "Zeros"],
        Golden.Missing("initializers", CatalogKind.Initializer));

    /// <summary>
    /// Q of the seed's normal matrix, with signs such that the diagonal of R is positive, as in PyTorch.
    /// </summary>
    [Theory]
    [InlineData(1, 6, 6)]
    [InlineData(0.5, 3, 7)]
    [InlineData(2, 8, 3)]
    public void AnOrthogonalMatrixIsTheRotationOfARandomOne(double gain, int rows, int columns)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var random = empty(rows, columns).normal_(0, 1, generator);
        var made = tensor(Fill(new Orthogonal { Gain = gain }, [rows, columns])).reshape(rows, columns).div(gain);
        if (rows < columns)
            (random, made) = (random.t(), made.t());
        var size = Math.Min(rows, columns);
        Assert.InRange(made.t().mm(made).sub(eye(size)).abs().max().ToDouble(), 0, 1e-6);
        var triangle = made.t().mm(random);
        Assert.InRange(triangle.tril(-1).abs().max().ToDouble(), 0, 1e-5);
        Assert.All(triangle.diagonal().data<float>(), number => Assert.True(number > 0));
        Assert.InRange(made.mm(triangle).sub(random).abs().max().ToDouble(), 0, 1e-5);
    }

    [Fact]
    public void AnOrthogonalKernelCountsAllThatMakesAnOutput()
    {
        using var rows = tensor(Fill(new Orthogonal(), [4, 3, 2, 2])).reshape(4, 12);
        using var products = rows.mm(rows.t()).sub(eye(4)).abs();
        Assert.InRange(products.max().ToDouble(), 0, 1e-6);
    }

    /// <summary>
    /// A whole layer's defaults by Keras' or PyTorch's name; an initializer of the bias takes precedence.
    /// </summary>
    [Fact]
    public void ALayersDefaultsComeByName()
    {
        using var keras = Dense(new KerasDefault(), null);
        CheckUniform(keras["weight"].data<float>().ToArray(), -0.1, 0.1);
        Assert.All(keras["bias"].data<float>(), value => Assert.Equal(0, value));
        using var both = Dense(new Ones(), new KerasDefault());
        Assert.All(both["bias"].data<float>(), value => Assert.Equal(0, value));
        using var own = Dense(new KerasDefault(), new Constant { Value = 3 });
        Assert.All(own["bias"].data<float>(), value => Assert.Equal(3, value));
        using var torchs = Dense(
            CatalogIndex.Create<Initializer>("PyTorchDefault"), CatalogIndex.Create<Initializer>("PyTorchDefault"));
        CheckUniform(torchs["weight"].data<float>().ToArray(), -0.1, 0.1);
        CheckUniform(torchs["bias"].data<float>().ToArray(), -0.1, 0.1);

        static LayerCase Dense(Initializer weight, Initializer? bias) =>
            new(new Dense { Units = 500, WeightInitializer = weight, BiasInitializer = bias }, new Shape(100));
    }

    [Theory]
    [InlineData("TruncatedNormal", "High", -3)]
    [InlineData("TruncatedNormal", "StandardDeviation", 0)]
    [InlineData("Identity", "Groups", 0)]
    public void ASettingThatCannotWorkIsNamed(string name, string setting, double value)
    {
        var error = Assert.Throws<DlException>(() => CatalogIndex.Create<Initializer>(name, [new(setting, value)]));
        Assert.Equal("InvalidSetting", error.Id);
        Assert.Contains($"{name}: {setting} must be", error.Message);
    }

    [Fact]
    public void IdentityInGroupsWantsGroupsThatDivideTheOutputs() => Assert.Contains("divides the 4 outputs",
        Assert.Throws<DlException>(() => Fill(new Identity { Groups = 3 }, [4, 4])).Message);

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
        var initializer = CatalogIndex.Create<Initializer>(name);
        Assert.Equal(Fill(initializer, [20, 5], seed: 7), Fill(initializer, [20, 5], seed: 7));
        Assert.NotEqual(Fill(initializer, [20, 5], seed: 7), Fill(initializer, [20, 5], seed: 8));
    }

    [Fact]
    public void UniformWantsItsEndsInOrder()
    {
        var error = Assert.Throws<DlException>(
            () => CatalogIndex.Create<Initializer>("Uniform", [new("Low", 2), new("High", 1)]));
        Assert.Equal("InvalidSetting", error.Id);
    }

    /// <summary>The range of a bias depends on the number of inputs of its weight, not on its own length.</summary>
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
