using DeepPS.Common;
using DeepPS.Torch;
using static TorchSharp.torch;

namespace DeepPS.Data;

/// <summary>
/// Encoded samples in tensors on a device: a batch is one gather by index of each. Images stay bytes there and become
/// float32, 0 to 1 or standardised, when a batch is taken.
/// </summary>
internal sealed class DeviceData : SampleSource
{
    private readonly DeviceInput[] inputs;
    private readonly Tensor? targets;
    private readonly Tensor? weights;
    private readonly Shape? inputAsTarget;
    private readonly Device device;

    public DeviceData(EncodedData data, Device device)
    {
        using var scope = NewDisposeScope();
        this.device = device;
        Count = data.Count;
        inputs = data.Inputs.Select(input => new DeviceInput(Move(input.Values, input.Shape), input.Scale)).ToArray();
        targets = data.Targets is { } values ? Move(values, data.TargetShape) : null;
        weights = data.Weights is { } counts ? Move(counts, new Shape()) : null;
        inputAsTarget = data.TargetIsInput ? data.TargetShape : null;
        HasGaps = data.Targets is long[] classes && classes.AsSpan().Contains(-1);
    }

    public override int Count { get; }

    public override bool HasGaps { get; }

    public override SampleOrder Open(int batchSize, Generator? shuffle = null, ClassDraw? draw = null) =>
        new Walk(this, shuffle, draw);

    /// <summary>A batch by the numbers of its samples, an int64 tensor on the device.</summary>
    private Batch Gather(Tensor index) => Of(
        Array.ConvertAll(inputs, input => input.Take(index)),
        targets?.index_select(0, index), weights?.index_select(0, index)) with
    { Rows = index };

    /// <summary>A batch of consecutive samples.</summary>
    public Batch Range(int start, int length) => Of(
        Array.ConvertAll(inputs, input => input.Range(start, length)),
        targets?.narrow(0, start, length), weights?.narrow(0, start, length));

    /// <summary>A batch of consecutive samples in which slices of the inputs come from other samples.</summary>
    /// <param name="start">The place of the first sample.</param>
    /// <param name="slices">The slices.</param>
    /// <param name="others">The number of the other sample for each sample, an int64 tensor on the device.</param>
    public Batch Exchanged(int start, IReadOnlyList<InputSlice> slices, Tensor others) =>
        Replaced(start, (int)others.shape[0], slices, slice => inputs[slice.Input].Take(others, slice));

    /// <summary>A batch of consecutive samples in which slices of the inputs are replaced; targets and samples stay as
    /// they are.</summary>
    /// <param name="start">The place of the first sample.</param>
    /// <param name="length">The number of samples.</param>
    /// <param name="slices">The slices.</param>
    /// <param name="values">Gives the numbers of a slice, which are expanded to its size.</param>
    public Batch Replaced(int start, int length, IReadOnlyList<InputSlice> slices, Func<InputSlice, Tensor> values)
    {
        var batch = Range(start, length);
        var changed = batch.Inputs.ToArray();
        foreach (var slice in slices)
        {
            var place = slice.Input;
            if (ReferenceEquals(changed[place], batch.Inputs[place]))
                changed[place] = batch.Inputs[place].clone();
            slice.Of(changed[place]).copy_(values(slice));
        }

        return batch with { Inputs = changed };
    }

    public override void Dispose()
    {
        foreach (var input in inputs)
            input.Dispose();
        targets?.Dispose();
        weights?.Dispose();
    }

    private Batch Of(Tensor[] batch, Tensor? target, Tensor? weight) =>
        new(batch, inputAsTarget is { } shape ? batch[0].reshape(shape.WithBatch(batch[0].shape[0])) : target, weight);

    /// <summary>
    /// Copies numbers, so that every run gives the same results. Bytes are read in place: a batch of them is a copy
    /// anyway.
    /// </summary>
    private Tensor Move(Array values, Shape shape)
    {
        var tensor = values is byte[] bytes ? from_array(bytes) : CpuMemory.Copy(values);
        return tensor.reshape(shape.WithBatch(Count)).to(device).DetachFromDisposeScope();
    }

    /// <summary>One pass over the samples: in random order, drawn, or in the order of the data.</summary>
    private sealed class Walk(DeviceData data, Generator? shuffle, ClassDraw? draw) : SampleOrder
    {
        private readonly Tensor? order = shuffle is null ? null
            : (draw is null ? randperm(data.Count, generator: shuffle) : Drawn(draw, data.Count, shuffle)).to(
                data.device).DetachFromDisposeScope();

        public override Batch Take(int first, int size) =>
            order is null ? data.Range(first, size) : data.Gather(order.narrow(0, first, size));

        public override void Dispose() => order?.Dispose();

        private static Tensor Drawn(ClassDraw draw, int count, Generator random)
        {
            using var rows = draw.Take(count, random);
            return tensor(Array.ConvertAll(rows.Span.ToArray(), row => (long)row));
        }
    }
}
