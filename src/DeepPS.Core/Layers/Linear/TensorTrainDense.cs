using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Dense layer whose weight is a tensor train: output = activation(W input + bias), with W a product of small
/// cores.</summary>
/// <remarks>It works on the last axis: the features, N = n1 n2 ... nd (InputMode), become M = m1 m2 ... md units
/// (OutputMode). With i and j split into digits, the first one the most significant, W(i, j) = G1[i1, j1] G2[i2, j2]
/// ... Gd[id, jd], where Gk[ik, jk] is a matrix r(k-1) x rk and r0 = rd = 1. Parameters: <c>core1.weight</c> to
/// <c>cored.weight</c>, core k as a matrix (mk * rk, r(k-1) * nk), and <c>cored.bias</c> (units): the sum of r(k-1) mk
/// nk rk numbers in place of M * N. WeightInitializer fills the last core; the others keep the variance. Regularizers,
/// MaxNorm and WeightNormalization act on each core. From Novikov, Podoprikhin, Osokin and Vetrov, Tensorizing Neural
/// Networks (2015).</remarks>
[CatalogEntry("TensorTrainDense", "TensorTrain", "TTDense")]
public sealed record TensorTrainDense : WeightedLayer
{
    /// <summary>The factors of the number of features: 4, 8, 4 for 128 features.</summary>
    [Setting(Position = 0, Required = true)]
    public Dims InputMode { get; init; }

    /// <summary>The factors of the number of units, as many as those of InputMode: 4, 4, 4 for 64 units.</summary>
    [Setting(Position = 1, Required = true)]
    public Dims OutputMode { get; init; }

    /// <summary>The TT-ranks, the sizes between the cores: one number for all, or one for each two
    /// neighbours.</summary>
    [Setting(Position = 2)]
    public Dims Rank { get; init; } = 8;

    internal override bool KeepsSteps => true;

    protected internal override void Validate()
    {
        base.Validate();
        var cores = InputMode.Count;
        Check(cores > 0 && AreSizes(InputMode, cores), nameof(InputMode), "numbers of 1 or more", InputMode);
        Check(OutputMode.Count == cores && AreSizes(OutputMode, cores), nameof(OutputMode),
            $"{cores} numbers of 1 or more, one for each of InputMode", OutputMode);
        Check((Rank.Count == 1 || Rank.Count == cores - 1) && AreSizes(Rank, Rank.Count), nameof(Rank),
            $"1 number of 1 or more, or one for each two neighbours of the {cores} cores", Rank);

        void Check(bool fits, string setting, string expected, Dims value)
        {
            if (!fits)
                throw SettingProblem.Of(this, setting, expected, value);
        }

        static bool AreSizes(Dims dims, int count) => Shape.IsValid(dims.For(count));
    }

    private protected override Shape ProductShape(Shape input)
    {
        Validate();
        var features = new Shape(InputMode.For(InputMode.Count)).Size;
        return input.Rank > 0 && input.Last() == features
            ? new Shape([.. input.SkipLast(1), new Shape(OutputMode.For(InputMode.Count)).Size])
            : throw new ShapeException($"{features} features, the product of InputMode {InputMode}, on the last axis",
                input);
    }

    protected override Func<Tensor, ForwardContext, Tensor> BuildUnary(LayerBuilder builder)
    {
        Validate();
        var sizes = CoreSizes();
        var evenly = this with { WeightInitializer = new LeCunNormal() };
        var first = sizes.SkipLast(1)
            .Select((size, core) => evenly.BuildWeight(builder.Part($"core{core + 1}"), size)).ToArray();
        var units = ProductShape(builder.Input).Last();
        var last = BuildProduct(builder, sizes[^1], (x, weight, bias) =>
        {
            var output = LinearProduct.Of(x, weight, null).reshape(-1, units);
            return (bias is null ? output : output.add(bias)).reshape(ProductShape(builder.Input).WithBatch(-1));
        }, units, $"core{sizes.Length}");
        return (x, context) => last(Contracted(context.ForProduct(x), first, context), context);
    }

    /// <summary>The sizes of each core as a matrix.</summary>
    private long[][] CoreSizes()
    {
        var cores = InputMode.Count;
        long[] ranks = [1, .. Rank.For(cores - 1), 1];
        return InputMode.For(cores).Zip(OutputMode.For(cores))
            .Select((mode, core) => new[] { mode.Second * ranks[core + 1], ranks[core] * mode.First }).ToArray();
    }

    /// <summary>The input after all cores but the last, as rows for the last one: a core replaces one digit of the
    /// input's index by one of the output's, which joins the rows.</summary>
    private Tensor Contracted(Tensor x, Func<ForwardContext, Tensor>[] cores, ForwardContext context)
    {
        var modes = InputMode.For(InputMode.Count);
        long rank = 1;
        var rest = new Shape(modes).Size;
        for (var core = 0; core < cores.Length; core++)
        {
            var weight = cores[core](context);
            rest /= modes[core];
            x = weight.matmul(x.reshape(-1, rank * modes[core], rest));
            rank = weight.shape[0] / OutputMode.For(modes.Length)[core];
        }

        return x.reshape(-1, rank * modes[^1]);
    }
}
