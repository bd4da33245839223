using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>Attention of a decoder's states to an encoder's: each state h becomes tanh(W [c; h]), where c is the mean
/// of the memory weighted by softmax(score(h, m)).</summary>
/// <remarks>time x features and a memory of time x any features, to time x features. An optional third input (the
/// memory's time) is its mask, 0 for padding. Score General is h' A m, Dot is h' m, Additive is v' tanh(A h + B m + b).
/// Parameters: <c>output.weight</c> (features, memory features + features); General: <c>score.weight</c> (features,
/// memory features); Additive: <c>query.weight</c> and <c>query.bias</c>, <c>memory.weight</c>, <c>score.weight</c>
/// (features). From Luong, Pham and Manning (2015); Additive from Bahdanau, Cho and Bengio (2015).</remarks>
[CatalogEntry("LuongAttention", "BahdanauAttention")]
public sealed record LuongAttention : Layer
{
    /// <summary>How well a place of the memory suits a state: General, Dot or Additive.</summary>
    [Setting(Position = 0)]
    public AttentionScore Score { get; init; }

    internal override bool KeepsSteps => true;

    internal override bool IsCausal => true;

    internal override int MaskedSequences(IReadOnlyList<Shape> inputs) => 2;

    public override Shape OutputShape(IReadOnlyList<Shape> inputs)
    {
        var needs = Score is AttentionScore.Dot
            ? "time x features and a memory of time x the same features (rank 2 both)"
            : "time x features and a memory of time x features (rank 2 both)";
        SequenceMask.Check(inputs, 2, needs);
        return Score is not AttentionScore.Dot || inputs[0][1] == inputs[1][1] ? inputs[0]
            : throw new ShapeException(needs, inputs);
    }

    public override Forward Build(LayerBuilder builder)
    {
        var (features, width) = (builder.Inputs[0][1], builder.Inputs[1][1]);
        var score = Score switch
        {
            AttentionScore.General => General(builder, features, width),
            AttentionScore.Additive => Additive(builder, features, width),
            _ => (states, memory, _) => states.bmm(memory.transpose(1, 2)),
        };
        var output = new Dense { Units = (int)features, Bias = false, Activation = new Tanh() }
            .Build(builder.Part("output", new Shape(width + features)));
        return (inputs, context) =>
        {
            using var scope = NewDisposeScope();
            var (states, memory) = (context.ForProduct(inputs[0]), context.ForProduct(inputs[1]));
            var scores = context.ForSum(score(states, memory, context));
            if (inputs.Count > 2)
                scores = scores.add(new AttentionMask(inputs[2], false, 1, 1, 1, scores).Padding!);
            var weights = scores.softmax(-1);
            context.Attention?.Add(weights);
            var seen = context.ForProduct(weights).bmm(memory);
            return output([cat([seen, states], -1)], context).MoveToOuterDisposeScope();
        };
    }

    /// <summary>The scores (samples, states, places) of (samples, states, features) and (samples, places,
    /// features).</summary>
    private delegate Tensor Scores(Tensor states, Tensor memory, ForwardContext context);

    private static Scores General(LayerBuilder builder, long features, long width)
    {
        var weight = builder.Part("score").Parameter("weight", [features, width], new FanInUniform());
        return (states, memory, context) =>
            states.matmul(context.ForProduct(weight.Value)).bmm(memory.transpose(1, 2));
    }

    private static Scores Additive(LayerBuilder builder, long features, long width)
    {
        var query = new Dense { Units = (int)features }.Build(builder.Part("query", new Shape(features)));
        var place = new Dense { Units = (int)features, Bias = false }.Build(builder.Part("memory", new Shape(width)));
        var weight = builder.Part("score").Parameter("weight", [features], new FanInUniform());
        return (states, memory, context) => query([states], context).unsqueeze(2)
            .add(place([memory], context).unsqueeze(1)).tanh().matmul(context.ForProduct(weight.Value));
    }
}

/// <summary>How <see cref="LuongAttention"/> compares a state with a place of the memory.</summary>
public enum AttentionScore
{
    /// <summary>A bilinear form of both.</summary>
    General,

    /// <summary>Their scalar product.</summary>
    Dot,

    /// <summary>A small network of both.</summary>
    Additive,
}
