using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Networks;

namespace DeepPS.Inference;

/// <summary>The decoder of an autoencoder: the layers after its code, as a generator of samples.</summary>
internal static class Decoder
{
    /// <summary>The usual name of the layer that gives the code.</summary>
    private const string CodeName = "code";

    /// <summary>Whether a model is an autoencoder, or has a layer that draws codes.</summary>
    public static bool Has(Model model) => model.Plan is { Label.IsInput: true }
        || model.Plan is null && model.Layers.Any(layer => layer is GaussianSampling);

    /// <summary>The place of the layer that gives the code.</summary>
    /// <param name="model">The autoencoder.</param>
    /// <param name="layer">The layer's name; null: a layer that draws codes, or the one named <c>code</c>.</param>
    /// <exception cref="DlException"><c>LayerNotFound</c>; <c>NoCodeLayer</c>.</exception>
    public static int PlaceOfCode(Model model, string? layer)
    {
        if (layer is not null)
            return TrainedLayers.PlaceOf(model.Network!, layer);
        var nodes = model.Network!.Nodes.ToList();
        var place = nodes.FindIndex(node => node.Layer is GaussianSampling);
        place = place >= 0 ? place
            : nodes.FindIndex(node => node.Name.Equals(CodeName, StringComparison.OrdinalIgnoreCase));
        return place >= 0 ? place : throw new DlException("NoCodeLayer", DlErrorKind.InvalidArgument,
            $"No layer of autoencoder '{model.Name}' is named '{CodeName}'. Name the layer that gives the code with "
            + $"-Layer. Layers: {string.Join(", ", nodes.Select(node => node.Name))}.", model);
    }

    /// <summary>A generator with copies of the decoder's weights, which the caller frees.</summary>
    /// <param name="model">The autoencoder.</param>
    /// <param name="place">The place of the layer that gives the code.</param>
    /// <returns>The generator, and the scale of its images' numbers, which is not part of its plan; null: none.
    /// </returns>
    /// <exception cref="DlException"><c>LayerBefore</c>: the decoder reads more than the code;
    /// <c>GeneratedColumns</c>: a column cannot be generated.</exception>
    public static (Model Generator, ChannelScale? Scale) Of(Model model, int place)
    {
        var code = model.Network!.Nodes[place];
        var generator = new Model(TrainedLayers.After(model.Network, code.Name, freeze: false), code.OutputShape,
            model.Name);
        generator.MoveTo(model.Device);
        if (model.Plan is not { } data)
            return (generator, null);
        var plan = GeneratorPlan.Of(GeneratorPlan.OfSamples(data), (int)code.OutputShape.Size, false, false);
        generator.Plan = GeneratorPlan.For(plan, generator.Network!.Output);
        generator.Loss = model.Loss;
        return (generator, data.InputPlans[0].Scale);
    }
}
