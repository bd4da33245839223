using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.utils.rnn;

namespace TorchSharp.Modules
{
    /// <summary>Layers of long short-term memory.</summary>
    public sealed class LSTM : nn.Module
    {
        private readonly Recurrence _recurrence;

        internal LSTM(
            long inputSize, long hiddenSize, long numLayers, bool bias, bool batchFirst, double dropout,
            bool bidirectional, Device? device, ScalarType? dtype) =>
            _recurrence = new(
                this, 4, inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype);

        /// <summary>The output of every step, the last state and the last cell.</summary>
        public (Tensor, Tensor, Tensor) call(Tensor input, (Tensor, Tensor)? h0_c0 = null) =>
            _recurrence.RunWithCell(Ops.lstm_input, input, h0_c0);

        /// <inheritdoc cref="call(Tensor, ValueTuple{Tensor, Tensor}?)"/>
        public (PackedSequence, Tensor, Tensor) call(PackedSequence input, (Tensor, Tensor)? h0_c0 = null) =>
            _recurrence.RunWithCell(Ops.lstm_data, input, h0_c0);

        public void flatten_parameters() => _recurrence.Flatten(2);

        internal override void Moved() => flatten_parameters();
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static LSTM LSTM(
                long inputSize, long hiddenSize, long numLayers = 1, bool bias = true, bool batchFirst = false,
                double dropout = 0, bool bidirectional = false, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype);
        }
    }
}
