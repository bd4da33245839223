using System.Runtime.InteropServices;
using DeepPS.Common;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Layers;

/// <summary>A layer at its place in a network.</summary>
public sealed class LayerNode
{
    internal LayerNode(Layer layer, string name, IReadOnlyList<int> inputs, IReadOnlyList<Shape> inputShapes,
        Shape outputShape)
    {
        Layer = layer;
        Name = name;
        Inputs = inputs;
        InputShapes = inputShapes;
        OutputShape = outputShape;
    }

    /// <summary>The layer's settings.</summary>
    public Layer Layer { get; private set; }

    /// <summary>The layer's name, unique in the network.</summary>
    public string Name { get; }

    /// <summary>The indices of the nodes that it reads; -1 is the network's first input, -2 its second, and so
    /// on.</summary>
    public IReadOnlyList<int> Inputs { get; }

    /// <summary>The input shapes, without the batch.</summary>
    public IReadOnlyList<Shape> InputShapes { get; }

    /// <summary>The output shape, without the batch.</summary>
    public Shape OutputShape { get; }

    /// <summary>The number of trained values. Shared parameters count only at their owner.</summary>
    public long ParameterCount { get; private set; }

    /// <summary>The layer's place, with the settings of a running training.</summary>
    internal LayerScope? Scope { get; private set; }

    private Forward? Pass { get; set; }

    /// <summary>Makes the layer's parameters and its forward pass.</summary>
    internal void Build(NetworkState state, LayerScope scope, bool shares)
    {
        var first = state.Parameters.Count;
        Scope = scope;
        Pass = Layer.Build(new LayerBuilder(state, scope, InputShapes, shares));
        if (Layer.Pruned)
            foreach (var parameter in state.Parameters.Skip(first).Where(WeightMask.Suits))
                WeightMask.Add(parameter, state);
        ParameterCount = state.Parameters.Skip(first).Sum(parameter => parameter.Size);
    }

    /// <summary>Runs the layer; a frozen layer runs as outside training.</summary>
    /// <exception cref="DlException">As <see cref="TorchRefusal"/>: torch cannot run it in the precision asked
    /// for.</exception>
    internal Tensor Run(IReadOnlyList<Tensor> inputs, ForwardContext context)
    {
        try
        {
            return Pass!(inputs, Scope!.Frozen ? context.Still : context);
        }
        catch (ExternalException e) when (
            TorchRefusal.Of(e, context.Precision, $"Layer '{Scope!.Path}' ({Layer.Entry.Name})", this) is { } refusal)
        {
            throw refusal;
        }
    }

    /// <summary>Replaces the layer by one that differs only in its training settings.</summary>
    internal void Follow(Layer layer)
    {
        Layer = layer;
        Scope!.Layer = layer;
    }
}
