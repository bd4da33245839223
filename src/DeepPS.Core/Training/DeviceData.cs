using TorchSharp;
using static TorchSharp.torch;

namespace DeepPS;

/// <summary>
/// Encoded samples in one tensor on a device: a batch is one gather by index. Images stay bytes there and become
/// float32, 0 to 1, as a batch is taken.
/// </summary>
internal sealed class DeviceData : IDisposable
{
    private readonly Tensor inputs;
    private readonly Tensor? targets;
    private readonly Device device;

    public DeviceData(EncodedData data, Device device)
    {
        using var scope = NewDisposeScope();
        this.device = device;
        Count = data.Count;
        inputs = Move(data.Inputs, data.Shape.WithBatch(data.Count));
        targets = data.Targets switch
        {
            null => null,
            float[] numbers => Move(numbers, [data.Count, 1]),
            var classes => Move(classes, [data.Count]),
        };
    }

    public int Count { get; }

    /// <summary>A batch by the numbers of its samples, an int64 tensor on the device.</summary>
    public (Tensor Inputs, Tensor? Targets) Gather(Tensor index) =>
        (PixelBatch.CanTake(inputs) ? PixelBatch.Take(inputs, index) : Float(inputs.index_select(0, index)),
            targets?.index_select(0, index));

    /// <summary>A batch of neighbours.</summary>
    public (Tensor Inputs, Tensor? Targets) Range(int start, int length) =>
        (Float(inputs.narrow(0, start, length)), targets?.narrow(0, start, length));

    public void Dispose()
    {
        inputs.Dispose();
        targets?.Dispose();
    }

    private static Tensor Float(Tensor batch) => batch.dtype == ScalarType.Byte ? batch.to(ScalarType.Float32).div_(255f) : batch;

    private Tensor Move(Array values, long[] sizes)
    {
        var tensor = from_array(values).reshape(sizes);
        return tensor.to(device).DetachFromDisposeScope();
    }
}
