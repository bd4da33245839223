using System.Management.Automation;
using DeepPS.Abstractions;
using DeepPS.Common;
using DeepPS.Completion;
using DeepPS.Data;
using DeepPS.Inference;

namespace DeepPS.Commands;

/// <content>Few shots: classes are those of neighbors in a support set.</content>
public sealed partial class MeasureDlModelCommand
{
    /// <summary>
    /// Labelled samples, also of classes that the model was not trained on: the class of a sample is then that of its
    /// nearest neighbors among them. A dataset, a split, whose training part is used, or an episode. Default: that of
    /// the episodes in -Data; else the model predicts.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public object? Support { get; set; }

    /// <summary>
    /// With -Support, the layer whose outputs are compared, or input. Default: the output of a model that was trained
    /// to give embeddings; for others the layer before the output.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(LayerNameCompleter))]
    public string? Layer { get; set; }

    /// <summary>With -Support, compares with the mean of each class (its prototype) instead of its samples.</summary>
    [Parameter]
    public SwitchParameter Prototype { get; set; }

    /// <summary>With -Support, the number of nearest neighbors that vote.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int Count { get; set; } = 1;

    /// <summary>With -Support, the distance between representations: Cosine or Euclidean.</summary>
    [Parameter]
    public NeighborDistance Distance { get; set; }

    /// <summary>Measures by neighbors, if a support is given.</summary>
    /// <returns>Whether it is.</returns>
    private bool MeasureSupport()
    {
        var episodes = SupportData.Episodes(Data);
        if (Support is null && episodes.Count == 0)
            return new[] { nameof(Layer), nameof(Prototype), nameof(Count), nameof(Distance) }
                .FirstOrDefault(Given) is not { } name ? false
                : throw new DlException("NoSupport", DlErrorKind.InvalidArgument,
                    $"-{name} compares with samples of a support set, and none is given. Add -Support, or pass "
                    + "episodes of Split-DlDataset -Episode as -Data.", name);
        if (new[] { nameof(Threshold), nameof(Positive), nameof(BestThreshold), nameof(Calibrate), nameof(Adversarial),
            nameof(Metric) }.FirstOrDefault(Given) is { } other)
            throw new DlException("SupportUse", DlErrorKind.InvalidArgument,
                $"-{other} measures the model's own predictions, and -Support or episodes measure those of neighbors. "
                + "Use one of them.", other);
        var options = new NeighborOptions { Layer = Layer, Count = Count, Distance = Distance };
        (Dataset Query, Dataset Support)[] all = episodes.Count == 0
            ? [(MeasuredData.Of(this, Model, Data), SupportData.Of(Support!))]
            : episodes.Select(own => (own.Query, Support is null ? own.Support : SupportData.Of(Support))).ToArray();
        Work((write, cancel) =>
        {
            foreach (var (query, support) in all)
            {
                var measured = SupportEvaluation.Measure(Model, query, support, options, Prototype, cancel);
                write(() => WriteObject(measured));
            }
        });
        return true;
    }
}
