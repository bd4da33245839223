using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Networks;
using DeepPS.Objectives;
using static TorchSharp.torch;

namespace DeepPS.Inference;

/// <summary>A model as a differentiable function from its inputs to one score for each sample: the output of a class
/// before softmax, a number in the label's unit, or the error of a reconstruction.</summary>
/// <remarks>The network runs as for predictions, and gradients are taken by the inputs alone: those of the parameters
/// stay as they are.</remarks>
internal sealed class ExplainedModel
{
    private readonly OutputReader reader;

    /// <exception cref="DlException"><c>ModelNotTrained</c>; <c>NoGradient</c>; <c>ExplainedLabel</c>: the label has
    /// several places or no prediction.</exception>
    public ExplainedModel(Model model)
    {
        (Network, Plan, Loss) = model.Trained();
        Label = Plan.Label!;
        if (Label is { Kind: LabelKind.Class, Shape.Rank: > 0 } or { Kind: LabelKind.Text } || !Loss.Predicts
            || Label is { Kind: LabelKind.Number, IsInput: false } && Label.Shape.Size != Label.Parts.Count)
            throw new DlException("ExplainedLabel", DlErrorKind.InvalidArgument,
                "An explanation needs a model that predicts a class, names or numbers for each sample, or "
                + $"reconstructs it; label '{Label.Name}' {Label.Nature}, and the loss is {Loss.Entry.Name}.", model);
        Leaves = ExplainedLeaf.Of(Network, Plan);
        reader = new OutputReader(Label, Loss, new PredictionOptions().For(model));
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>The plan of its data.</summary>
    public DataPlan Plan { get; }

    /// <summary>The label.</summary>
    public LabelPlan Label { get; }

    /// <summary>The loss.</summary>
    public Loss Loss { get; }

    /// <summary>What the score is differentiated by.</summary>
    public IReadOnlyList<ExplainedLeaf> Leaves { get; }

    /// <summary>The number of a class, or of one of several numbers.</summary>
    /// <exception cref="DlException"><c>ClassNotFound</c>.</exception>
    public int ClassOf(string name)
    {
        var names = Label.Kind is LabelKind.Number ? Label.Parts.Select(part => part.Name).ToArray()
            : Label.Classes.ToArray();
        var place = Array.FindIndex(names, other => other.Equals(name, StringComparison.OrdinalIgnoreCase));
        return place >= 0 ? place : throw new DlException("ClassNotFound", DlErrorKind.NotFound,
            $"'{name}' is no class of '{Label.Name}'. Classes: {string.Join(", ", names)}.", name);
    }

    /// <summary>The name of a class in the label's type, or of one of several numbers; null if there is one.</summary>
    public object? NameOf(int number) => Label.Kind is LabelKind.Class ? Label.Values.GetValue(number)
        : Label.Kind is LabelKind.Labels ? Label.Classes[number]
        : Label.Parts.Count > 1 ? Label.Parts[number].Name : null;

    /// <summary>The class that each output predicts, (samples), int64; 0 for numbers.</summary>
    public Tensor Predicted(Tensor output) => Label.Kind switch
    {
        LabelKind.Class => reader.Decide(reader.Calibrated(reader.Places(output))),
        LabelKind.Labels => output.reshape(output.shape[0], -1).argmax(1),
        _ => zeros(output.shape[0], dtype: ScalarType.Int64, device: output.device),
    };

    /// <summary>The outputs for inputs with leaves in place of some of their numbers.</summary>
    public Tensor Outputs(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> leaves) =>
        Network.Forward(Replaced(inputs, leaves), Context(leaves));

    /// <summary>The output of each layer for such inputs.</summary>
    public IReadOnlyList<Tensor> OutputsOfLayers(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> leaves) =>
        Network.ForwardNodes(Replaced(inputs, leaves), Context(leaves));

    /// <summary>The score of each sample for its class.</summary>
    /// <param name="output">The outputs.</param>
    /// <param name="classes">The classes, (samples), int64.</param>
    /// <param name="input">The first input, which a reconstruction is compared with.</param>
    public Tensor Scores(Tensor output, Tensor classes, Tensor input)
    {
        var count = output.shape[0];
        if (Label.IsInput)
            return Loss.OfEachSample(output, input.reshape(Label.Shape.WithBatch(count)));
        if (Label.Kind is LabelKind.Number)
        {
            var scale = tensor(Label.Parts.Select(part => (float)part.Scale).ToArray(), device: output.device);
            var mean = tensor(Label.Parts.Select(part => (float)part.Mean).ToArray(), device: output.device);
            return Chosen(Loss.Numbers(output).reshape(count, -1).mul(scale).add(mean));
        }

        var scores = output.reshape(count, -1);
        return scores.shape[1] == 1 && Label.Kind is LabelKind.Class
            ? scores.select(1, 0).mul(classes.mul(2).sub(1)) : Chosen(scores);

        Tensor Chosen(Tensor all) => all.gather(1, classes.unsqueeze(1)).squeeze(1);
    }

    private Tensor[] Replaced(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> leaves)
    {
        var replaced = inputs.ToArray();
        foreach (var (leaf, values) in Leaves.Zip(leaves))
            if (leaf.Weight is null)
                replaced[leaf.Input] = values;
        return replaced;
    }

    private ForwardContext Context(IReadOnlyList<Tensor> leaves) => new(training: false)
    {
        Vectors = name => Leaves.Index().FirstOrDefault(pair => pair.Item.Weight == name) is { Item: not null } found
            ? leaves[found.Index].reshape(-1, leaves[found.Index].shape[^1]) : null,
    };
}
