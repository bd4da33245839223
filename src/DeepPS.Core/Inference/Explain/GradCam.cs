using DeepPS.Catalog;
using DeepPS.Common;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace DeepPS.Inference;

/// <summary>Where in an image a convolutional layer finds what speaks for the output: its activation maps, weighted
/// by their mean gradients.</summary>
/// <remarks>Selvaraju and others, Grad-CAM (2017): ReLU of the weighted sum, resized to the image. The layer is the
/// last one with maps, if none is named.</remarks>
[CatalogEntry("GradCam", "Grad-CAM")]
public sealed record GradCam : AttributionMethod
{
    /// <summary>The name of the layer. Default: the last one whose output is channels x height x width.</summary>
    [Setting(Position = 0)]
    public string? Layer { get; init; }

    internal override string? Refuses(ExplainedModel model) =>
        !model.Leaves.Any(leaf => leaf.IsImage) ? "is for models of images"
        : Place(model) is null && Layer is null ? "needs a layer with maps, such as Conv2d; the model has none" : null;

    internal override Tensor[] Attribute(ExplainedBatch batch, CancellationToken cancel)
    {
        using var scope = NewDisposeScope();
        var place = Place(batch.Model) ?? throw NotFound(batch.Model);
        var variables = batch.Values.Select(ExplainedBatch.Variable).ToArray();
        var outputs = batch.Model.OutputsOfLayers(batch.Inputs, variables);
        var maps = outputs[place];
        var scores = batch.Model.Scores(outputs[^1], batch.Classes, variables[0]);
        var gradient = ExplainedBatch.Derivative(scores, [maps])[0];
        var weights = gradient.mean([2, 3], keepdim: true);
        var cam = weights.mul(maps).sum(1, keepdim: true).relu().detach();
        return batch.Values.Zip(batch.Model.Leaves, (values, leaf) => (!leaf.IsImage ? zeros_like(values)
            : F.interpolate(cam, [values.shape[2], values.shape[3]], mode: InterpolationMode.Bilinear,
                align_corners: false)).MoveToOuterDisposeScope()).ToArray();
    }

    private int? Place(ExplainedModel model) => model.Network.Nodes.Index()
        .Where(pair => pair.Item.OutputShape.Rank == 3 && (Layer is null
            ? pair.Item.OutputShape[1] > 1 || pair.Item.OutputShape[2] > 1
            : string.Equals(pair.Item.Name, Layer, StringComparison.OrdinalIgnoreCase)))
        .Select(pair => (int?)pair.Index).LastOrDefault();

    private DlException NotFound(ExplainedModel model)
    {
        var maps = model.Network.Nodes.Where(node => node.OutputShape.Rank == 3).Select(node => node.Name);
        return new DlException("LayerNotFound", DlErrorKind.NotFound,
            $"No layer with maps (channels x height x width) is named '{Layer}'. Such layers: "
            + $"{string.Join(", ", maps)}.", Layer);
    }
}
