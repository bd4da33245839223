using DeepPS.Common;
using DeepPS.Layers;
using DeepPS.Models;

namespace DeepPS.Plots;

/// <summary>Makes the computation graph of a small model: each operation with the parameters that it takes, to the
/// loss.</summary>
public sealed class OperationDiagram
{
    private const int MostBoxes = 150;

    private readonly List<DiagramBox> boxes = [];
    private readonly List<(int From, int To)> arrows = [];

    /// <summary>The graph.</summary>
    /// <param name="model">A model whose input shape is known.</param>
    /// <exception cref="DlException"><c>NoInputShape</c>; <c>TooManyOperations</c>: the model is too large to look
    /// at.</exception>
    public static Diagram Of(Model model)
    {
        var network = NetworkDiagram.Bound(model);
        var graph = new OperationDiagram();
        var inputs = NetworkDiagram.WithMasks(network, network.Inputs.Select(input =>
            graph.Add(input.Name, DiagramKind.Input, [input.Shape.ToString()])).ToArray());
        var outputs = new Dictionary<int, int>();
        foreach (var (i, node) in network.Nodes.Index())
            Visit(i, node);
        if (model is { Loss: { } loss, Plan.Label: { } label })
            graph.Add(loss.Entry.Name, DiagramKind.Head, ["loss"], outputs[network.Nodes.Count - 1],
                graph.Add(label.Name, DiagramKind.Input, ["label"]));
        return graph.boxes.Count <= MostBoxes
            ? new Diagram($"{model.Name}: operations", graph.boxes, graph.arrows)
            : throw new DlException("TooManyOperations", DlErrorKind.InvalidArgument,
                $"Model '{model.Name}' has {graph.boxes.Count} operations and parameters; -Operations shows "
                + $"{MostBoxes} at most. Omit it to see the layers.", model);

        int Visit(int i, LayerNode node)
        {
            if (outputs.TryGetValue(i, out var known))
                return known;
            var sources = node.Inputs.Select(source =>
                source < 0 ? inputs[-1 - source] : Visit(source, network.Nodes[source])).ToArray();
            var parameters = network.Parameters.Where(parameter =>
                parameter.Name.StartsWith(node.Name + ".", StringComparison.Ordinal)).ToArray();
            return outputs[i] = graph.Layer(node, parameters, sources);
        }
    }

    /// <summary>The operations of a layer: a product with the weight, a sum with the bias and an activation for layers
    /// that multiply by a weight, else one operation that takes all parameters.</summary>
    private int Layer(LayerNode node, Parameter[] parameters, int[] sources)
    {
        if (node.Layer is not WeightedLayer { WeightNormalization: WeightNormalization.None } weighted
            || parameters.Length > 2)
            return Add(node.Layer.Entry.Name,
                node.Layer is Activation ? DiagramKind.Activation
                    : sources.Length > 1 ? DiagramKind.Merge : DiagramKind.Operation,
                [node.OutputShape.ToString()], [.. sources, .. parameters.Select(Parameter)]);
        var shape = node.OutputShape.ToString();
        var at = Add(node.Layer is Dense ? "×" : node.Layer.Entry.Name, DiagramKind.Operation,
            [node.Layer is Dense ? $"matrix product, {shape}" : shape], [.. sources, Parameter(parameters[0])]);
        if (parameters.Length > 1)
            at = Add("+", DiagramKind.Operation, [shape], at, Parameter(parameters[1]));
        return weighted.Activation is { } activation
            ? Add(activation.Entry.Name, DiagramKind.Activation, [shape], at) : at;
    }

    private int Parameter(Parameter parameter) =>
        Add(parameter.Name, DiagramKind.Parameter, [$"{parameter.Shape}{(parameter.Frozen ? ", frozen" : "")}"]);

    private int Add(string name, DiagramKind kind, IReadOnlyList<string> details, params IReadOnlyList<int> sources)
    {
        boxes.Add(new DiagramBox(name, kind, details));
        arrows.AddRange(sources.Distinct().Select(source => (source, boxes.Count - 1)));
        return boxes.Count - 1;
    }
}
