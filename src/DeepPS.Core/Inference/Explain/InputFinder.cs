using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Torch;

namespace DeepPS.Inference;

/// <summary>Finds images that excite a unit, a filter or a class of a network: activation maximization.</summary>
/// <remarks>The pixels are optimized by Adam instead of the weights. Without regularization they often become noise
/// that the network mistakes for the class. As in Yosinski and others, Understanding neural networks through deep
/// visualization (2015), the image is blurred and has an L2 penalty; it is also moved at random in each step (Olah,
/// Mordvintsev and Schubert, Feature visualization, 2017), so that no single pixel counts.</remarks>
public static class InputFinder
{
    private const int LargestBatch = 64;

    /// <summary>The names of the layers with units: outputs or channels.</summary>
    public static IReadOnlyList<string> Layers(Model model) =>
        model.Trained().Network.Nodes.Where(node => node.OutputShape.Rank is 1 or 3).Select(node => node.Name)
            .ToArray();

    /// <summary>The inputs of units, one by one.</summary>
    /// <param name="model">A trained model of images.</param>
    /// <param name="search">The units and the search.</param>
    /// <param name="cancel">Cancels with an <see cref="OperationCanceledException"/>.</param>
    /// <param name="progress">Told the share of the work done, from 0 to 1.</param>
    /// <exception cref="DlException"><c>ModelNotTrained</c>; <c>InputUse</c>: the model is not one of images;
    /// <c>LayerNotFound</c>, <c>UnitNotFound</c>.</exception>
    public static IEnumerable<FoundInput> Find(Model model, InputSearch search, CancellationToken cancel = default,
        Action<double>? progress = null)
    {
        TorchRuntime.Ensure();
        var (network, plan, _) = model.Trained();
        if (plan.InputPlans is not [{ IsImage: true } input])
            throw new DlException("InputUse", DlErrorKind.InvalidArgument,
                "Inputs are found for models of one column of images; the inputs are "
                + string.Join(", ", plan.InputPlans.Select(each => $"'{each.Name}' ({each.Nature})")) + ".", model);
        var node = NodeOf(model, search.Layer);
        var count = (int)node.OutputShape[0];
        var units = search.Units ?? Enumerable.Range(0, count).ToArray();
        foreach (var unit in units)
            if (unit < 0 || unit >= count)
                throw new DlException("UnitNotFound", DlErrorKind.NotFound,
                    $"Layer '{node.Name}' has units 0 to {count - 1}; got {unit}.", unit);
        var done = 0;
        foreach (var some in units.Chunk(LargestBatch))
        {
            using var ascent = new InputAscent(network, node, input, search, TorchRuntime.Device(model.Device));
            var found = ascent.Run(some, cancel, share =>
                progress?.Invoke((done + share * some.Length) / units.Count));
            done += some.Length;
            var images = new Dataset("found", [new ImageColumn(input.Columns[0].Name, found.Pixels, input.Shape)]);
            var predictions = Predictor.Predict(model, images, cancel);
            for (var i = 0; i < some.Length; i++)
                yield return new FoundInput(node.Name, some[i], ClassOf(plan.Label!, network.OutputNode, node, some[i]),
                    found.Activations[i], found.Before[i], predictions[i].Value, predictions[i].Probability)
                {
                    Name = input.Columns[0].Name,
                    Bytes = found.Pixels[(i * (int)input.Shape.Size)..((i + 1) * (int)input.Shape.Size)],
                };
        }
    }

    /// <summary>The unit of a class in the last layer.</summary>
    /// <exception cref="DlException"><c>ClassNotFound</c>; <c>NoClasses</c>: the model has no output for each
    /// class.</exception>
    public static int UnitOf(Model model, string name)
    {
        var (network, plan, _) = model.Trained();
        var label = plan.Label!;
        return label is { Kind: LabelKind.Class, Shape.Rank: 0 } && network.Output.Size == label.Classes.Count
            ? PositiveClass.Of(name, label) : throw new DlException("NoClasses", DlErrorKind.InvalidArgument,
                $"The model needs one output for each class; it has {network.Output.Size}, and label '{label.Name}' "
                + $"{label.Nature}. Name a layer and its units.", name);
    }

    private static object? ClassOf(LabelPlan label, LayerNode last, LayerNode node, int unit) =>
        node == last && label is { Kind: LabelKind.Class, Shape.Rank: 0 }
        && label.Classes.Count == node.OutputShape.Size ? label.Values.GetValue(unit) : null;

    private static LayerNode NodeOf(Model model, string? name)
    {
        var network = model.Network!;
        var node = name is null ? network.OutputNode : network.Nodes.FirstOrDefault(node =>
            string.Equals(node.Name, name, StringComparison.OrdinalIgnoreCase));
        return node is { OutputShape.Rank: 1 or 3 } ? node : throw new DlException("LayerNotFound",
            DlErrorKind.NotFound, (node is null ? $"No layer is named '{name}'."
                : $"Layer '{node.Name}' has outputs of shape {node.OutputShape}, not units or channels of maps.")
            + $" Layers: {string.Join(", ", Layers(model))}.", name);
    }
}
