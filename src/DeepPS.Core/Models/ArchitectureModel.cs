using DeepPS.Common;
using DeepPS.Networks;

namespace DeepPS.Models;

/// <summary>Builds models of published networks.</summary>
public static class ArchitectureModel
{
    /// <summary>Makes the network with its initial values.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="input">The shape of one sample; null for the published shape, or that of the first training data
    /// if the network's layers follow it.</param>
    /// <param name="name">The model's name; null for the architecture's name.</param>
    /// <param name="seed">The seed of the initial values.</param>
    /// <exception cref="DlException"><c>InputShape</c>: one shape was given for several inputs; <c>LayerShape</c>: the
    /// network cannot take it.</exception>
    public static Model Build(this Architecture architecture, Shape? input = null, string? name = null, int seed = 0)
    {
        var inputs = architecture.Inputs;
        if (input is not null && architecture.HasSeveralInputs)
            throw new DlException("InputShape", DlErrorKind.InvalidArgument,
                $"{architecture.Entry.Name} has several inputs"
                + (inputs.Count == 0 ? "" : $" ({string.Join(", ", inputs.Select(one => $"{one.Name} {one.Shape}"))})")
                + $", not one of shape {input}. Set their sizes by settings: "
                + string.Join(", ", architecture.Entry.Settings.Select(s => s.Name)) + ".", input);
        if (input is not null)
            inputs = NetworkInput.Numbered([input]);
        var layers = architecture.Layers(inputs.Count == 0 ? null : inputs[0].Shape);
        name ??= architecture.Entry.Name;
        var model = inputs.Count == 0 ? new Model(layers, (Shape?)null, name, seed)
            : new Model(layers, inputs, name, seed);
        if (input is null && architecture.FollowsShape)
            model.LayersFor = shape => architecture.Layers(shape);
        return model;
    }
}
