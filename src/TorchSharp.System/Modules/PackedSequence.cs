namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class utils
        {
            /// <summary>Batches of sequences of different lengths.</summary>
            public static partial class rnn
            {
                /// <summary>
                /// Sequences of different lengths, the longest first, with all first steps before all second ones and
                /// so on. The dispose scopes have its tensors.
                /// </summary>
                public sealed class PackedSequence : IDisposable
                {
                    /// <summary>All steps of all sequences: (steps, features).</summary>
                    public readonly Tensor data;

                    /// <summary>How many sequences have a first step, a second, ...; on the CPU.</summary>
                    public readonly Tensor batch_sizes;

                    /// <summary>The sequences' numbers in the batch, the longest first; null: they came so.</summary>
                    public readonly Tensor? sorted_indices;

                    /// <summary>Where each sequence of the batch is now; null: where it was.</summary>
                    public readonly Tensor? unsorted_indices;

                    internal PackedSequence(
                        Tensor data, Tensor batchSizes, Tensor? sortedIndices, Tensor? unsortedIndices)
                    {
                        this.data = data;
                        batch_sizes = batchSizes;
                        sorted_indices = sortedIndices;
                        unsorted_indices = unsortedIndices;
                    }

                    public void Dispose()
                    {
                        data.Dispose();
                        batch_sizes.Dispose();
                        sorted_indices?.Dispose();
                        unsorted_indices?.Dispose();
                    }

                    /// <summary>Other values in the same places.</summary>
                    internal PackedSequence With(Tensor values) =>
                        new(values, batch_sizes.alias(), sorted_indices?.alias(), unsorted_indices?.alias());

                    /// <summary>A state (layers, batch, hidden) in the order of the packed sequences.</summary>
                    internal Tensor Sorted(Tensor state) => Ordered(state, sorted_indices);

                    /// <summary>A state in the order of the batch.</summary>
                    internal Tensor Unsorted(Tensor state)
                    {
                        if (unsorted_indices is null) return state;
                        using (state) return Ordered(state, unsorted_indices);
                    }

                    private static Tensor Ordered(Tensor state, Tensor? order) =>
                        order is null ? state.alias() : state.index_select(1, order);
                }

                /// <summary>Packs a padded batch.</summary>
                /// <param name="lengths">How long each sequence is, 1 or more; on the CPU.</param>
                /// <param name="enforce_sorted">Whether the sequences come the longest first.</param>
                public static PackedSequence pack_padded_sequence(
                    Tensor input, Tensor lengths, bool batch_first = false, bool enforce_sorted = true)
                {
                    if (enforce_sorted)
                    {
                        var (data, sizes) = Ops._pack_padded_sequence.Call2(input, lengths, batch_first);
                        return new(data, sizes, null, null);
                    }

                    var (sorted, order) = lengths.sort(0, descending: true);
                    using (sorted)
                    using (order)
                    {
                        var places = order.argsort(0);
                        var sortedIndices = order.to(input.device);
                        using var batch = input.index_select(batch_first ? 0 : 1, sortedIndices);
                        var (data, sizes) = Ops._pack_padded_sequence.Call2(batch, sorted, batch_first);
                        return new(data, sizes, sortedIndices, places.to(input.device));
                    }
                }

                /// <summary>The padded batch of packed sequences, and their lengths.</summary>
                /// <param name="total_length">How long the batch is; null: as its longest sequence.</param>
                public static (Tensor, Tensor) pad_packed_sequence(
                    PackedSequence sequence, bool batch_first = false, double padding_value = 0,
                    long? total_length = null)
                {
                    var longest = total_length ?? sequence.batch_sizes.shape[0];
                    var (padded, lengths) = Ops._pad_packed_sequence.Call2(
                        sequence.data, sequence.batch_sizes, batch_first, padding_value, longest);
                    if (sequence.unsorted_indices is not { } order) return (padded, lengths);
                    using (padded)
                    using (lengths)
                    using (var onHost = order.cpu())
                        return (padded.index_select(batch_first ? 0 : 1, order), lengths.index_select(0, onHost));
                }
            }
        }
    }
}
