using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.utils.rnn;

namespace TorchSharp.Modules
{
    /// <summary>Layers of plain recurrent units.</summary>
    public sealed class RNN : nn.Module
    {
        private readonly Recurrence _recurrence;
        private readonly bool _relu;

        internal RNN(
            long inputSize, long hiddenSize, long numLayers, nn.NonLinearities nonLinearity, bool bias,
            bool batchFirst, double dropout, bool bidirectional, Device? device, ScalarType? dtype)
        {
            _relu = nonLinearity == nn.NonLinearities.ReLU;
            _recurrence = new(
                this, 1, inputSize, hiddenSize, numLayers, bias, batchFirst, dropout, bidirectional, device, dtype);
        }

        /// <summary>The output of every step and the last state.</summary>
        public (Tensor, Tensor) call(Tensor input, Tensor? h0 = null) =>
            _recurrence.Run(_relu ? Ops.rnn_relu_input : Ops.rnn_tanh_input, input, h0);

        /// <inheritdoc cref="call(Tensor, Tensor?)"/>
        public (PackedSequence, Tensor) call(PackedSequence input, Tensor? h0 = null) =>
            _recurrence.Run(_relu ? Ops.rnn_relu_data : Ops.rnn_tanh_data, input, h0);

        public void flatten_parameters() => _recurrence.Flatten(_relu ? 0 : 1);

        internal override void Moved() => flatten_parameters();
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>What a plain recurrent unit applies.</summary>
            public enum NonLinearities
            {
                ReLU = 0, Tanh = 1,
            }

            public static RNN RNN(
                long inputSize, long hiddenSize, long numLayers = 1,
                NonLinearities nonLinearity = NonLinearities.Tanh, bool bias = true, bool batchFirst = false,
                double dropout = 0, bool bidirectional = false, Device? device = null, ScalarType? dtype = null) =>
                new(
                    inputSize, hiddenSize, numLayers, nonLinearity, bias, batchFirst, dropout, bidirectional, device,
                    dtype);
        }
    }
}
