using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Objectives;
using static TorchSharp.torch;

namespace DeepPS.Training;

/// <summary>The weight of each class in the loss of a training.</summary>
internal static class ClassWeightChoice
{
    /// <summary>The weights, (classes), float32; null: all classes count the same.</summary>
    /// <exception cref="DlException"><c>ClassWeights</c>: the label has no classes, or the loss does not weigh them;
    /// <c>UnknownClass</c>.</exception>
    public static Tensor? Of(TrainingOptions options, Dataset training, LabelPlan label, Loss loss, Device device,
        Action<string>? log)
    {
        if (options.ClassWeights is null)
            return null;
        if (label.Kind != LabelKind.Class)
            throw new DlException("ClassWeights", DlErrorKind.InvalidArgument,
                $"Class weights need a label of classes; label '{label.Name}' {label.Nature}. Remove -ClassWeight.",
                label.Name);
        if (!loss.WeighsClasses)
            throw new DlException("ClassWeights", DlErrorKind.InvalidArgument,
                $"Loss {loss.Entry.Name} does not support class weights. Remove -ClassWeight, or use another loss.",
                loss);
        var weights = options.ClassWeights.For(label.Classes, () => label.ClassCounts(training));
        log?.Invoke("Class weights: "
            + string.Join(", ", label.Classes.Zip(weights, (name, weight) => $"{name} {weight:0.###}")) + ".");
        return tensor(weights, device: device).DetachFromDisposeScope();
    }
}
