using DeepPS.Common;
using DeepPS.Torch;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Layers;

/// <summary>Scaled dot-product attention by several heads: softmax(Q K' / sqrt(d)) V over each head's part of the
/// features. Parameters have the names, shapes and first values of PyTorch's <c>nn.MultiheadAttention</c>.</summary>
internal sealed class AttentionHeads
{
    private readonly int heads;
    private readonly long width;
    private readonly double dropout;
    private readonly Parameter? inputWeight;
    private readonly Parameter[] inputWeights = [];
    private readonly Parameter? inputBias;
    private readonly Forward output;

    /// <summary>Makes the parameters.</summary>
    /// <param name="builder">What makes parameters.</param>
    /// <param name="width">The features of queries and of the output; <paramref name="heads"/> divides them.</param>
    /// <param name="memoryWidth">The features of keys and values.</param>
    /// <param name="heads">How many heads there are.</param>
    /// <param name="dropout">How probable it is, while training, that a query does not look at a key.</param>
    /// <param name="bias">Whether learned numbers are added to queries, keys, values and the output.</param>
    public AttentionHeads(LayerBuilder builder, long width, long memoryWidth, int heads, double dropout,
        bool bias = true)
    {
        (this.heads, this.width, this.dropout) = (heads, width, dropout);
        var first = new XavierUniform();
        if (memoryWidth == width)
            inputWeight = builder.Parameter("in_proj_weight", [3 * width, width], first);
        else
            inputWeights =
            [
                builder.Parameter("q_proj_weight", [width, width], first),
                builder.Parameter("k_proj_weight", [width, memoryWidth], first),
                builder.Parameter("v_proj_weight", [width, memoryWidth], first),
            ];
        inputBias = bias ? builder.Parameter("in_proj_bias", [3 * width], new Zeros()) : null;
        output = new Dense { Units = (int)width, Bias = bias, BiasInitializer = new Zeros() }
            .Build(builder.Part("out_proj", new Shape(width)));
    }

    /// <summary>Attends from each query to the keys and values of a memory.</summary>
    /// <param name="query">(samples * queries, width).</param>
    /// <param name="memory">(samples * keys, memory width); null: the queries themselves.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="mask">The keys that a query may attend to.</param>
    /// <param name="context">The forward context.</param>
    /// <returns>(samples * queries, width), a new tensor.</returns>
    public Tensor Attend(Tensor query, Tensor? memory, long samples, AttentionMask mask, ForwardContext context)
    {
        if (context.Steps is not null)
            return AttendStep(query, memory, samples, mask, context);
        using var scope = NewDisposeScope();
        var (q, k, v) = Project(context.ForProduct(query), memory is null ? null : context.ForProduct(memory), samples,
            context);
        if (memory is not null)
            context.Attention?.Add(Weights(q, k, mask, context).view(samples, heads, q.shape[1], -1).mean([1]));
        // Torch's own operator draws dropout from its global generator, not from the training's, and has no second
        // derivative.
        var mixed = context.Training && dropout > 0 || context.IsDifferentiatedTwice
            ? Mix(q, k, v, mask, context) : MixByTorch(q, k, v, samples, mask);
        var joined = mixed.view(samples, heads, -1, width / heads).transpose(1, 2).reshape(-1, width);
        return output([joined], context).MoveToOuterDisposeScope();
    }

    /// <summary>The values weighted for each query: (samples * heads, queries, width of a head).</summary>
    private Tensor Mix(Tensor q, Tensor k, Tensor v, AttentionMask mask, ForwardContext context)
    {
        return context.ForProduct(DropoutNoise.Drop(Weights(q, k, mask, context), dropout, context)).bmm(v);
    }

    /// <summary>The weight of each key for each query: (samples * heads, queries, keys).</summary>
    private static Tensor Weights(Tensor q, Tensor k, AttentionMask mask, ForwardContext context)
    {
        var scores = context.ForSum(q.mul(1 / Math.Sqrt(q.shape[2])).bmm(k.transpose(1, 2)));
        if (mask.Order is { } order)
            scores.add_(order);
        if (mask.Padding is { } padding)
            scores.add_(padding);
        return scores.softmax(-1);
    }

    /// <summary>Attention of one step: its own keys and values join those of the steps before; those of a memory are
    /// computed at the first step.</summary>
    private Tensor AttendStep(Tensor query, Tensor? memory, long samples, AttentionMask mask, ForwardContext context)
    {
        using var scope = NewDisposeScope();
        var steps = context.Steps!;
        Tensor q, k, v;
        if (memory is not null && steps.Of(this, 0) is { } keys)
            (q, k, v) = (Queries(query, samples, context), keys, steps.Of(this, 1)!);
        else
        {
            (q, k, v) = Project(query, memory, samples, context);
            (k, v) = (steps.Keep(this, 0, Joined(0, k)), steps.Keep(this, 1, Joined(1, v)));
        }

        var all = k.shape[2];
        var mixed = MixByTorch(q, k.reshape(samples * heads, all, -1), v.reshape(samples * heads, all, -1), samples,
            mask);
        return output([mixed.view(samples, heads, 1, width / heads).reshape(-1, width)], context)
            .MoveToOuterDisposeScope();

        // (samples, heads, time, width of a head): beams exchange samples.
        Tensor Joined(int part, Tensor own)
        {
            own = own.view(samples, heads, -1, width / heads);
            return memory is null && steps.Of(this, part) is { } before ? cat([before, own], 2) : own;
        }
    }

    /// <summary>The queries alone.</summary>
    private Tensor Queries(Tensor query, long samples, ForwardContext context)
    {
        query = context.ForProduct(query);
        var weight = inputWeight is null ? inputWeights[0].Value : inputWeight.Value.narrow(0, 0, width);
        return Parts(query, context.ForProduct(weight),
            inputBias is null ? null : context.ForProduct(inputBias.Value.narrow(0, 0, width)), 1, samples)[0];
    }

    private Tensor MixByTorch(Tensor q, Tensor k, Tensor v, long samples, AttentionMask mask)
    {
        var together = mask.Together() is { } sum ? ForwardContext.As(sum, q.dtype) : null;
        return F.scaled_dot_product_attention(ByHeads(q), ByHeads(k), ByHeads(v), together,
            is_casual: together is null && mask.Order is not null);

        Tensor ByHeads(Tensor x) => x.view(samples, heads, -1, width / heads);
    }

    /// <summary>Queries, keys and values, each (samples * heads, time, width of a head).</summary>
    private (Tensor Queries, Tensor Keys, Tensor Values) Project(Tensor query, Tensor? memory, long samples,
        ForwardContext context)
    {
        var added = inputBias is null ? null : context.ForProduct(inputBias.Value);
        if (inputWeight is null)
        {
            var biases = added?.chunk(3) ?? [null!, null!, null!];
            var parts = inputWeights.Select(part => context.ForProduct(part.Value)).ToArray();
            return (Part(query, parts[0], biases[0]), Part(memory!, parts[1], biases[1]),
                Part(memory!, parts[2], biases[2]));
        }

        var weight = context.ForProduct(inputWeight.Value);
        if (memory is null)
        {
            var all = Parts(query, weight, added, 3, samples);
            return (all[0], all[1], all[2]);
        }

        var weights = weight.split([width, 2 * width], 0);
        var bias = added?.split([width, 2 * width], 0);
        var pair = Parts(memory, weights[1], bias?[1], 2, samples);
        return (Part(query, weights[0], bias?[0]), pair[0], pair[1]);

        Tensor Part(Tensor x, Tensor own, Tensor? plus) => Parts(x, own, plus, 1, samples)[0];
    }

    /// <summary>Products of rows, each (samples * heads, time, width of a head). One copy makes the features of each
    /// head contiguous.</summary>
    private Tensor[] Parts(Tensor x, Tensor weight, Tensor? bias, int count, long samples) =>
        LinearProduct.Of(x, weight, bias).view(samples, -1, count, heads, width / heads).permute(2, 0, 3, 1, 4)
        .reshape(count, samples * heads, -1, width / heads).unbind(0);
}
