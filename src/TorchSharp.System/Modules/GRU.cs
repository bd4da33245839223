using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.utils.rnn;

namespace TorchSharp.Modules
{
    /// <summary>Layers of gated recurrent units.</summary>
    public sealed class GRU : nn.Module
    {
        private readonly Recurrence _recurrence;

        internal GRU(
            long inputSize, long hiddenSize, long numLayers, bool bias, bool batchFirst, double dropout,
            bool bidirectional, Device? device, ScalarType? dtype) =>
            _recurrence = new(
                this, 3, inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype);

        /// <summary>The output of every step and the last state.</summary>
        public (Tensor, Tensor) call(Tensor input, Tensor? h0 = null) => _recurrence.Run(Ops.gru_input, input, h0);

        /// <inheritdoc cref="call(Tensor, Tensor?)"/>
        public (PackedSequence, Tensor) call(PackedSequence input, Tensor? h0 = null) =>
            _recurrence.Run(Ops.gru_data, input, h0);

        public void flatten_parameters() => _recurrence.Flatten(3);

        internal override void Moved() => flatten_parameters();
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static GRU GRU(
                long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool batchFirst = false,
                double dropout = 0, bool bidirectional = false, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype);
        }
    }
}
