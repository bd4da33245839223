using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS.Tests;

public class AttentionTests
{
    public static TheoryData<string> Layers => new("MultiHeadAttention", "TransformerEncoder", "TransformerDecoder");

    [Theory]
    [MemberData(nameof(Layers))]
    public void HeadsThatDoNotDivideTheFeaturesAreRefused(string name)
    {
        var layer = Make(name, heads: 3);
        var error = Assert.Throws<ShapeException>(() => layer.OutputShape(Inputs(name, features: 8)));
        Assert.Contains("Heads (3)", error.Expected);
        Assert.Equal(new Shape(5, 9), layer.OutputShape(Inputs(name, features: 9)));
    }

    [Theory]
    [InlineData("MultiHeadAttention", "5x4 3", "a mask")]
    [InlineData("MultiHeadAttention", "5x4 3x6 5", "a mask")]
    [InlineData("MultiHeadAttention", "4", "time x features")]
    [InlineData("TransformerEncoder", "5x4 3", "a mask")]
    [InlineData("TransformerEncoder", "5x4 5x4", "a mask")]
    [InlineData("TransformerDecoder", "5x4", "a memory")]
    [InlineData("TransformerDecoder", "5x4 3x6", "the same features")]
    [InlineData("TransformerDecoder", "5x4 3x4 5", "a mask")]
    public void ShapesThatCannotWorkAreRefused(string name, string shapes, string wants)
    {
        var inputs = shapes.Split(' ').Select(shape => Shape.FromSetting(shape)).ToArray();
        Assert.Contains(wants, Assert.Throws<ShapeException>(() => Make(name).OutputShape(inputs)).Expected);
    }

    [Theory]
    [InlineData("MultiHeadAttention", "Heads", 0)]
    [InlineData("MultiHeadAttention", "Dropout", -0.1)]
    [InlineData("TransformerEncoder", "Layers", 0)]
    [InlineData("TransformerEncoder", "FeedForward", 0)]
    [InlineData("TransformerDecoder", "Dropout", 2)]
    [InlineData("TransformerDecoder", "Heads", "many")]
    public void SettingsThatCannotWorkAreRefusedAtOnce(string name, string setting, object value)
    {
        var settings = new Dictionary<string, object?> { ["Heads"] = 2 };
        if (name != "MultiHeadAttention")
            settings["Layers"] = 1;
        settings[setting] = value;
        var error = Assert.Throws<DlException>(() => CatalogIndex.Create<Layer>(name, [.. settings]));
        Assert.Equal("InvalidSetting", error.Id);
        Assert.Contains(setting, error.Message);
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void ACausalLayersPlaceSeesNothingBehindIt(string name)
    {
        using var scope = NewDisposeScope();
        using var layer = new LayerCase(Make(name, causal: true), Inputs(name));
        Tensor x = rand(2, 5, 4), memory = rand(2, 5, 4);
        var changed = x.clone();
        changed.narrow(1, 3, 2).add_(5);
        var (before, after) = (Run(x), Run(changed));
        Assert.Equal(Values(before.narrow(1, 0, 3)), Values(after.narrow(1, 0, 3)));
        Assert.NotEqual(Values(before.narrow(1, 3, 1)), Values(after.narrow(1, 3, 1)));

        Tensor Run(Tensor input) => layer.Forward(name == "TransformerDecoder" ? [input, memory] : [input]);
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void NothingLooksAtPadding(string name)
    {
        using var scope = NewDisposeScope();
        using var layer = new LayerCase(Make(name), [.. Inputs(name), new Shape(5)]);
        var mask = tensor(new float[,] { { 1, 1, 1, 0, 0 }, { 0, 7, 0, 2, 1 } });
        Tensor x = rand(2, 5, 4), keys = name == "TransformerDecoder" ? rand(2, 5, 4) : x;
        var changed = keys.add(mask.eq(0).unsqueeze(2).mul(5));
        var real = mask.ne(0).unsqueeze(2);
        var (before, after) = (Run(keys), Run(changed));
        if (name != "TransformerDecoder")
            (before, after) = (before.masked_select(real), after.masked_select(real));
        Assert.True(before.allclose(after, 1e-6, 1e-6));

        Tensor Run(Tensor memory) => layer.Forward(name == "TransformerDecoder" ? [x, memory, mask] : [memory, mask]);
    }

    [Fact]
    public void AQueryThatMayLookAtNoKeyGivesNumbersAllTheSame()
    {
        using var scope = NewDisposeScope();
        using var layer = new LayerCase(
            new MultiHeadAttention { Heads = 2, Causal = true }, [new Shape(3, 4), new Shape(3)]);
        var x = rand(2, 3, 4).requires_grad_();
        var output = layer.Forward([x, tensor(new float[,] { { 0, 0, 0 }, { 0, 1, 1 } })]);
        output.sum().backward();
        Assert.True(output.isfinite().all().ToBoolean());
        Assert.True(x.grad!.isfinite().all().ToBoolean());
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void DropoutDrawsFromTheGeneratorWhileTrainingAlone(string name)
    {
        using var scope = NewDisposeScope();
        using var layer = new LayerCase(Make(name, dropout: 0.3), Inputs(name));
        var inputs = Inputs(name).Select(shape => rand(shape.WithBatch(2))).ToArray();
        Assert.Equal(Run(1), Run(1));
        Assert.NotEqual(Run(1), Run(2));
        Assert.Equal(Values(layer.Forward(inputs)), Values(layer.Forward(inputs)));

        float[] Run(ulong seed)
        {
            using var generator = new Generator(seed);
            return Values(layer.Forward(inputs, training: true, generator));
        }
    }

    [Fact]
    public void AttentionsFirstValuesArePyTorchs()
    {
        using var layer = new LayerCase(new MultiHeadAttention { Heads = 4 }, new Shape(2, 64));
        var bound = Math.Sqrt(6.0 / (64 + 3 * 64));
        Assert.InRange(layer["in_proj_weight"].abs().max().ToDouble(), 0.98 * bound, bound);
        Assert.InRange(layer["out_proj.weight"].abs().max().ToDouble(), 0.98 / 8, 1.0 / 8);
        Assert.Equal(0, layer["in_proj_bias"].abs().max().ToDouble());
        Assert.Equal(0, layer["out_proj.bias"].abs().max().ToDouble());
    }

    private static Layer Make(string name, int heads = 2, bool causal = false, double dropout = 0) => name switch
    {
        "MultiHeadAttention" => new MultiHeadAttention { Heads = heads, Causal = causal, Dropout = dropout },
        "TransformerEncoder" =>
            new TransformerEncoder { Layers = 2, Heads = heads, FeedForward = 8, Causal = causal, Dropout = dropout },
        _ => new TransformerDecoder { Layers = 2, Heads = heads, FeedForward = 8, Causal = causal, Dropout = dropout },
    };

    private static Shape[] Inputs(string name, int features = 4) =>
        name == "TransformerDecoder" ? [new Shape(5, features), new Shape(5, features)] : [new Shape(5, features)];

    private static float[] Values(Tensor tensor) => tensor.contiguous().data<float>().ToArray();
}
