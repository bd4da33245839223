using DeepPS.Catalog;
using DeepPS.Common;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Objectives;

/// <summary>Confusion matrix: the number of samples of each class by predicted class. Only for
/// Measure-DlModel.</summary>
/// <remarks>A row for each class, a column for each prediction. scikit-learn's <c>confusion_matrix</c> over all
/// classes.</remarks>
[CatalogEntry("ConfusionMatrix")]
public sealed record ConfusionMatrix : Metric
{
    public override LabelKind LabelKind => LabelKind.Class;

    public override bool HigherIsBetter => true;

    public override bool IsTable => true;

    public override MetricSum Begin(Device device, IReadOnlyList<string> classes) => new ConfusionSum(device, classes);
}

/// <summary>The counts of a confusion matrix, on the device.</summary>
internal sealed class ConfusionSum(Device device, IReadOnlyList<string> classes) : MetricSum
{
    private readonly Tensor counts = zeros((long)classes.Count * classes.Count, dtype: ScalarType.Int64, device: device)
        .DetachFromDisposeScope();

    public override void Add(MetricBatch batch)
    {
        using var scope = NewDisposeScope();
        counts.index_add_(0, batch.Target.mul(classes.Count).add(batch.Prediction), ones_like(batch.Target), 1);
    }

    /// <summary>A table has no single value.</summary>
    public override IEnumerable<KeyValuePair<string, double>> Values(string name) => [];

    public IReadOnlyList<ConfusionMatrixRow> Rows()
    {
        using var scope = NewDisposeScope();
        return ConfusionMatrixRow.Table(classes, counts.cpu().data<long>().ToArray());
    }

    internal override void Save(StateBag state) => state.Put("counts", counts);

    internal override void Load(StateBag state) => counts.copy_(state.Tensor("counts"));

    public override void Dispose() => counts.Dispose();
}
