using DeepPS.Common;
using DeepPS.Data;
using DeepPS.Layers;
using DeepPS.Models;
using DeepPS.Networks;
using DeepPS.Torch;

namespace DeepPS.Plots;

/// <summary>The first samples of a dataset, ready to run through a model.</summary>
internal sealed class LayerPass : IDisposable
{
    private readonly DeviceData encoded;
    private readonly ThreadTurn turn;

    private LayerPass(Network network, Dataset data, DeviceData encoded, ThreadTurn turn)
    {
        (Network, Data, this.encoded, this.turn) = (network, data, encoded, turn);
        Batch = encoded.Range(0, encoded.Count);
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>The samples.</summary>
    public Dataset Data { get; }

    /// <summary>The samples as tensors of the caller's dispose scope.</summary>
    public Batch Batch { get; }

    /// <summary>Encodes samples; a model without an input shape takes the data's.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">The data.</param>
    /// <param name="count">The number of samples, from the first on.</param>
    /// <param name="withLabel">Whether the label is encoded too.</param>
    /// <exception cref="DlException"><c>EmptyDataset</c>; the data does not fit the model.</exception>
    public static LayerPass Of(Model model, Dataset data, int count, bool withLabel = false)
    {
        TorchRuntime.Ensure();
        var plan = (model.Plan ?? DataPlan.Fit(data)).For(LayerNames.Inputs(model.Layers));
        data = plan.Series?.WindowsOf(data) ?? data;
        if (data.Count == 0)
            throw new DlException("EmptyDataset", DlErrorKind.InvalidData, $"Dataset '{data.Name}' has no rows.", data);
        model.Bind(plan.Inputs);
        var first = data.Take(Enumerable.Range(0, Math.Min(count, data.Count)).ToArray());
        return new LayerPass(model.Network!, first,
            new DeviceData(plan.Encode(first, withLabel), TorchRuntime.Device(model.Device)),
            ThreadTurn.Take(Threads.Count(null)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        encoded.Dispose();
        turn.Dispose();
    }
}
