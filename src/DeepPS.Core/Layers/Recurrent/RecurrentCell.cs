using DeepPS.Torch;

namespace DeepPS.Layers;

/// <summary>A kind of recurrent cell as torch's operator, which takes its matrices as tensors.</summary>
/// <param name="Gates">The number of matrices that are stacked in one.</param>
/// <param name="Script">The operator over a batch.</param>
internal sealed record RecurrentCell(int Gates, TorchScript Script)
{
    /// <summary>Runs over whole sequences if there are no lengths, else over packed ones. Packing sorts by length.
    /// </summary>
    private const string Run = """
        def run(x: Tensor, lengths: Tensor, weights: List[Tensor], biases: bool, both: bool) -> Tensor:
            state = torch.zeros([2 if both else 1, x.size(0), weights[1].size(1)], dtype=x.dtype, device=x.device)
            if lengths.numel() == 0:
                return whole(x, state, weights, biases, both)
            longest, order = torch.sort(lengths, 0, True)
            data, sizes = torch._pack_padded_sequence(x.index_select(0, order.to(x.device)), longest, True)
            output = packed(data, sizes, state, weights, biases, both)
            padded = torch._pad_packed_sequence(output, sizes, True, 0.0, x.size(1))[0]
            return padded.index_select(0, torch.argsort(order).to(x.device))
        """;

    /// <summary>Long short-term memory.</summary>
    public static RecurrentCell Lstm { get; } = new(4, new TorchScript("""
        def whole(x: Tensor, state: Tensor, weights: List[Tensor], biases: bool, both: bool) -> Tensor:
            return torch.lstm(x, [state, state], weights, biases, 1, 0.0, True, both, True)[0]
        def packed(x: Tensor, sizes: Tensor, state: Tensor, weights: List[Tensor], biases: bool, both: bool) -> Tensor:
            return torch.lstm(x, sizes, [state, state], weights, biases, 1, 0.0, True, both)[0]
        """, Run));

    /// <summary>Gated recurrent units.</summary>
    public static RecurrentCell Gru { get; } = new(3, new TorchScript("""
        def whole(x: Tensor, state: Tensor, weights: List[Tensor], biases: bool, both: bool) -> Tensor:
            return torch.gru(x, state, weights, biases, 1, 0.0, True, both, True)[0]
        def packed(x: Tensor, sizes: Tensor, state: Tensor, weights: List[Tensor], biases: bool, both: bool) -> Tensor:
            return torch.gru(x, sizes, state, weights, biases, 1, 0.0, True, both)[0]
        """, Run));

    /// <summary>Plain units with tanh.</summary>
    public static RecurrentCell Tanh { get; } = new(1, new TorchScript("""
        def whole(x: Tensor, state: Tensor, weights: List[Tensor], biases: bool, both: bool) -> Tensor:
            return torch.rnn_tanh(x, state, weights, biases, 1, 0.0, True, both, True)[0]
        def packed(x: Tensor, sizes: Tensor, state: Tensor, weights: List[Tensor], biases: bool, both: bool) -> Tensor:
            return torch.rnn_tanh(x, sizes, state, weights, biases, 1, 0.0, True, both)[0]
        """, Run));

    /// <summary>Plain units with ReLU.</summary>
    public static RecurrentCell Relu { get; } = new(1, new TorchScript("""
        def whole(x: Tensor, state: Tensor, weights: List[Tensor], biases: bool, both: bool) -> Tensor:
            return torch.rnn_relu(x, state, weights, biases, 1, 0.0, True, both, True)[0]
        def packed(x: Tensor, sizes: Tensor, state: Tensor, weights: List[Tensor], biases: bool, both: bool) -> Tensor:
            return torch.rnn_relu(x, sizes, state, weights, biases, 1, 0.0, True, both)[0]
        """, Run));
}
