using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>
/// What the recurrent modules share: their parameters under PyTorch's names and with its first values, and the
/// arguments that every recurrent operator takes.
/// </summary>
internal sealed class Recurrence
{
    private readonly long _layers;
    private readonly long _hidden;
    private readonly long _input;
    private readonly long _gates;
    private readonly bool _bias;
    private readonly bool _batchFirst;
    private readonly double _dropout;
    private readonly bool _bidirectional;
    private readonly Parameter[] _weights;

    internal Recurrence(
        nn.Module module, long gates, long inputSize, long hiddenSize, long numLayers, bool bias, bool batchFirst,
        double dropout, bool bidirectional, Device? device, ScalarType? dtype)
    {
        (_gates, _input, _hidden, _layers) = (gates, inputSize, hiddenSize, numLayers);
        (_bias, _batchFirst, _dropout, _bidirectional) = (bias, batchFirst, dropout, bidirectional);
        var bound = 1 / Math.Sqrt(hiddenSize);
        foreach (var (name, size) in Sizes())
        {
            var value = empty(size, dtype ?? get_default_dtype(), device ?? get_default_device());
            using (no_grad()) value.uniform_(-bound, bound);
            module.register_parameter(name, new Parameter(value));
        }

        _weights = module.parameters().ToArray();
    }

    private long Directions => _bidirectional ? 2 : 1;

    /// <summary>The state before the first step, all zeros: (layers * directions, batch, hidden).</summary>
    internal Tensor NoState(Tensor input) => NoState(input, input.shape[_batchFirst ? 0 : 1]);

    /// <inheritdoc cref="NoState(Tensor)"/>
    internal Tensor NoState(nn.utils.rnn.PackedSequence input) =>
        NoState(input.data, input.batch_sizes.data<long>()[0]);

    /// <summary>The operator over sequences of one length: the output of every step and the last state.</summary>
    internal (Tensor, Tensor) Run(Op op, Tensor input, Tensor? given)
    {
        using var none = given is null ? NoState(input) : null;
        return op.Call2(
            input, given ?? none, _weights, _bias, _layers, _dropout, true, _bidirectional, _batchFirst);
    }

    /// <summary>The operator over packed sequences.</summary>
    internal (nn.utils.rnn.PackedSequence, Tensor) Run(Op op, nn.utils.rnn.PackedSequence input, Tensor? given)
    {
        using var state = given is null ? NoState(input) : input.Sorted(given);
        var (output, last) = op.Call2(
            input.data, input.batch_sizes, state, _weights, _bias, _layers, _dropout, true, _bidirectional);
        return (input.With(output), input.Unsorted(last));
    }

    /// <summary>The operator with a state and a memory cell.</summary>
    internal (Tensor, Tensor, Tensor) RunWithCell(Op op, Tensor input, (Tensor, Tensor)? given)
    {
        using var none = given is null ? NoState(input) : null;
        return op.Call3(
            input, State(given, none), _weights, _bias, _layers, _dropout, true, _bidirectional, _batchFirst);
    }

    /// <inheritdoc cref="RunWithCell(Op, Tensor, ValueTuple{Tensor, Tensor}?)"/>
    internal (nn.utils.rnn.PackedSequence, Tensor, Tensor) RunWithCell(
        Op op, nn.utils.rnn.PackedSequence input, (Tensor, Tensor)? given)
    {
        using var first = given is null ? NoState(input) : input.Sorted(given.Value.Item1);
        using var cell = given is null ? null : input.Sorted(given.Value.Item2);
        var (output, last, lastCell) = op.Call3(
            input.data, input.batch_sizes, (Tensor?[])[first, cell ?? first], _weights, _bias, _layers, _dropout, true,
            _bidirectional);
        return (input.With(output), input.Unsorted(last), input.Unsorted(lastCell));
    }

    /// <summary>Puts the weights into one piece of memory, as cuDNN wants them; elsewhere nothing.</summary>
    internal void Flatten(long cudnnMode)
    {
        if (_weights[0].device.type != DeviceType.CUDA || !cuda.is_cudnn_available()) return;
        using var noGradient = no_grad();
        Ops._cudnn_rnn_flatten_weight.Call(
            _weights, _bias ? 4 : 2, _input, cudnnMode, _hidden, 0, _layers, _batchFirst, _bidirectional).Dispose();
    }

    private static Tensor?[] State((Tensor, Tensor)? given, Tensor? none) =>
        given is var (state, cell) ? [state, cell] : [none, none];

    private Tensor NoState(Tensor like, long batch) =>
        zeros([_layers * Directions, batch, _hidden], like.dtype, like.device);

    private IEnumerable<(string Name, long[] Size)> Sizes()
    {
        for (var layer = 0L; layer < _layers; layer++)
        {
            var inputs = layer == 0 ? _input : _hidden * Directions;
            foreach (var direction in _bidirectional ? ["", "_reverse"] : (string[])[""])
            {
                yield return ($"weight_ih_l{layer}{direction}", [_gates * _hidden, inputs]);
                yield return ($"weight_hh_l{layer}{direction}", [_gates * _hidden, _hidden]);
                if (!_bias) continue;
                yield return ($"bias_ih_l{layer}{direction}", [_gates * _hidden]);
                yield return ($"bias_hh_l{layer}{direction}", [_gates * _hidden]);
            }
        }
    }
}
