using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>
/// The samples of one input on a device. Images stay bytes there and become float32 when a batch is taken.
/// </summary>
internal sealed class DeviceInput : IDisposable
{
    private readonly Tensor values;
    private readonly ChannelScale? scale;

    /// <summary>
    /// Factor and offset of bytes: as <see cref="ChannelScale.Sizes"/>, float32; null: a byte b becomes b / 255.
    /// </summary>
    private readonly Tensor? factors, shifts;

    /// <param name="values">The samples: float32, or bytes.</param>
    /// <param name="scale">How bytes are standardised; null: they are not.</param>
    public DeviceInput(Tensor values, ChannelScale? scale)
    {
        this.values = values;
        this.scale = scale;
        factors = scale is null ? null : Numbers(scale.Factors, scale);
        shifts = scale is null ? null : Numbers(scale.Shifts, scale);
    }

    /// <summary>A batch by the numbers of its samples, an int64 tensor on the device.</summary>
    public Tensor Take(Tensor index) =>
        PixelBatch.CanTake(values) ? PixelBatch.Take(values, index, scale) : Float(values.index_select(0, index));

    /// <summary>A slice of the samples with some numbers.</summary>
    /// <param name="index">The numbers, an int64 tensor on the device.</param>
    /// <param name="slice">The slice of this input.</param>
    public Tensor Take(Tensor index, InputSlice slice) => slice.Axis == 0 ? Take(index)
        : values.dtype == ScalarType.Byte ? slice.Of(Take(index))
        : slice.Of(values).index_select(0, index);

    /// <summary>A batch of consecutive samples.</summary>
    public Tensor Range(int start, int length) => Float(values.narrow(0, start, length));

    public void Dispose()
    {
        values.Dispose();
        factors?.Dispose();
        shifts?.Dispose();
    }

    private Tensor Float(Tensor batch)
    {
        if (batch.dtype != ScalarType.Byte)
            return batch;
        batch = batch.to(ScalarType.Float32);
        return factors is null ? batch.div_(255f) : batch.mul_(factors).add_(shifts!);
    }

    private Tensor Numbers(float[] numbers, ChannelScale scale) =>
        from_array(numbers).reshape(scale.Sizes).to(values.device).DetachFromDisposeScope();
}
