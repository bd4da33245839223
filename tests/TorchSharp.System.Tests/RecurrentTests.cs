using static TorchSharp.torch;
using static TorchSharp.torch.nn.utils.rnn;

namespace TorchSharp.Tests;

public class RecurrentTests
{
    [Fact]
    public void Parameters_have_PyTorchs_names_sizes_and_bounds()
    {
        using var module = nn.LSTM(5, 4, numLayers: 2, bidirectional: true);

        Assert.Equal(
            [
                "weight_ih_l0 16,5", "weight_hh_l0 16,4", "bias_ih_l0 16", "bias_hh_l0 16",
                "weight_ih_l0_reverse 16,5", "weight_hh_l0_reverse 16,4", "bias_ih_l0_reverse 16", "bias_hh_l0_reverse 16",
                "weight_ih_l1 16,8", "weight_hh_l1 16,4", "bias_ih_l1 16", "bias_hh_l1 16",
                "weight_ih_l1_reverse 16,8", "weight_hh_l1_reverse 16,4", "bias_ih_l1_reverse 16", "bias_hh_l1_reverse 16",
            ],
            module.named_parameters().Select(p => $"{p.name} {string.Join(',', p.parameter.shape)}"));
        Assert.All(module.parameters(), p => Assert.True(p.requires_grad && p.is_leaf));
        Assert.All(module.parameters(), p => Assert.InRange(p.abs().max().ToDouble(), 0.3, 0.5));
        Assert.Same(module.parameters().First(), module.get_parameter("weight_ih_l0"));
        Assert.Null(module.get_parameter("weight"));
        using var without = nn.GRU(5, 4, bias: false);
        Assert.Equal(["weight_ih_l0", "weight_hh_l0"], without.named_parameters().Select(p => p.name));
    }

    [Fact]
    public void An_LSTM_is_its_formulas()
    {
        using var scope = NewDisposeScope();
        using var module = nn.LSTM(3, 2, batchFirst: true, dtype: ScalarType.Float64);
        var (x, w, u, b) = Parts(module);
        Tensor h = zeros(4, 2, ScalarType.Float64), c = zeros(4, 2, ScalarType.Float64);
        var steps = new List<Tensor>();
        for (var t = 0; t < 5; t++)
        {
            var gates = (x.select(1, t).matmul(w.t()) + h.matmul(u.t()) + b).chunk(4, 1);
            c = (gates[1].sigmoid() * c) + (gates[0].sigmoid() * gates[2].tanh());
            h = gates[3].sigmoid() * c.tanh();
            steps.Add(h);
        }

        var (output, last, cell) = module.call(x);

        Expect.Close(Expect.Values(torch.stack(steps, 1)), output);
        Expect.Close(Expect.Values(h), last);
        Expect.Close(Expect.Values(c), cell);
        var (again, _, _) = module.call(x, (last, cell));
        var (whole, _, _) = module.call(torch.cat([x, x], 1));
        Expect.Close(Expect.Values(whole.narrow(1, 5, 5)), again);
        Expect.Gradient(v => module.call(v).Item1.square(), x);
    }

    [Fact]
    public void A_GRU_is_its_formulas()
    {
        using var scope = NewDisposeScope();
        using var module = nn.GRU(3, 2, batchFirst: true, dtype: ScalarType.Float64);
        var x = Random(4, 5, 3);
        Tensor P(string name) => module.get_parameter(name)!;
        var h = zeros(4, 2, ScalarType.Float64);
        for (var t = 0; t < 5; t++)
        {
            var input = (x.select(1, t).matmul(P("weight_ih_l0").t()) + P("bias_ih_l0")).chunk(3, 1);
            var state = (h.matmul(P("weight_hh_l0").t()) + P("bias_hh_l0")).chunk(3, 1);
            var (r, z) = ((input[0] + state[0]).sigmoid(), (input[1] + state[1]).sigmoid());
            var n = (input[2] + (r * state[2])).tanh();
            h = ((1 - z) * n) + (z * h);
        }

        var (output, last) = module.call(x);

        Expect.Close(Expect.Values(h), last);
        Expect.Close(Expect.Values(h), output.select(1, 4));
        var (again, _) = module.call(x, last);
        var (whole, _) = module.call(torch.cat([x, x], 1));
        Expect.Close(Expect.Values(whole.narrow(1, 5, 5)), again);
    }

    [Theory]
    [InlineData(nn.NonLinearities.Tanh)]
    [InlineData(nn.NonLinearities.ReLU)]
    public void An_RNN_is_its_formula(nn.NonLinearities nonLinearity)
    {
        using var scope = NewDisposeScope();
        using var module = nn.RNN(3, 2, nonLinearity: nonLinearity, batchFirst: true, dtype: ScalarType.Float64);
        var (x, w, u, b) = Parts(module);
        var h = zeros(4, 2, ScalarType.Float64);
        for (var t = 0; t < 5; t++)
        {
            h = x.select(1, t).matmul(w.t()) + h.matmul(u.t()) + b;
            h = nonLinearity == nn.NonLinearities.Tanh ? h.tanh() : h.relu();
        }

        var (output, last) = module.call(x);

        Expect.Close(Expect.Values(h), last);
        Expect.Close(Expect.Values(h), output.select(1, 4));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Packed_sequences_give_what_each_gives_alone(bool batchFirst)
    {
        using var scope = NewDisposeScope();
        using var lstm = nn.LSTM(3, 2, 2, batchFirst: batchFirst, bidirectional: true, dtype: ScalarType.Float64);
        using var gru = nn.GRU(3, 2, 2, batchFirst: batchFirst, bidirectional: true, dtype: ScalarType.Float64);
        using var rnn = nn.RNN(3, 2, 2, batchFirst: batchFirst, bidirectional: true, dtype: ScalarType.Float64);
        long[] lengths = [2, 6, 1, 4];
        var (first, time) = batchFirst ? (0, 1) : (1, 0);
        var x = batchFirst ? Random(4, 6, 3) : Random(6, 4, 3);
        var packed = pack_padded_sequence(x, torch.tensor(lengths), batchFirst, enforce_sorted: false);
        Assert.Equal(lengths.Sum(), packed.data.shape[0]);
        Expect.Close([4, 3, 2, 2, 1, 1], packed.batch_sizes);

        var (outputs, last, cell) = lstm.call(packed);
        var (padded, own) = pad_packed_sequence(outputs, batchFirst, total_length: 7);
        var (states, cells) = (Random(4, 4, 2), Random(4, 4, 2));
        var (_, from, _) = lstm.call(packed, (states, cells));
        var (_, gruLast) = gru.call(packed, states);
        var (_, rnnLast) = rnn.call(packed, states);

        Expect.Close(lengths.Select(length => (double)length).ToArray(), own);
        Assert.Equal(7, padded.shape[time]);
        for (var i = 0; i < 4; i++)
        {
            var alone = x.narrow(first, i, 1).narrow(time, 0, lengths[i]);
            var (h0, c0) = (states.narrow(1, i, 1), cells.narrow(1, i, 1));
            var (output, lastAlone, cellAlone) = lstm.call(alone);
            Expect.Close(Expect.Values(output), padded.narrow(first, i, 1).narrow(time, 0, lengths[i]));
            Assert.Equal(0, padded.narrow(first, i, 1).narrow(time, lengths[i], 7 - lengths[i]).abs().max().ToDouble());
            Expect.Close(Expect.Values(lastAlone), last.narrow(1, i, 1));
            Expect.Close(Expect.Values(cellAlone), cell.narrow(1, i, 1));
            Expect.Close(Expect.Values(lstm.call(alone, (h0, c0)).Item2), from.narrow(1, i, 1));
            Expect.Close(Expect.Values(gru.call(alone, h0).Item2), gruLast.narrow(1, i, 1));
            Expect.Close(Expect.Values(rnn.call(alone, h0).Item2), rnnLast.narrow(1, i, 1));
        }
    }

    [Fact]
    public void Sequences_that_come_sorted_are_packed_as_they_are()
    {
        using var scope = NewDisposeScope();
        var x = torch.tensor(new double[,] { { 1, 2, 3 }, { 4, 5, 0 } }).unsqueeze(2);

        var packed = pack_padded_sequence(x, torch.tensor(new long[] { 3, 2 }), batch_first: true);

        Assert.Null(packed.sorted_indices);
        Expect.Close([1, 4, 2, 5, 3], packed.data);
        Expect.Close([1, 2, 3, 4, 5, -1], pad_packed_sequence(packed, batch_first: true, padding_value: -1).Item1);
    }

    [Fact]
    public void Parameters_stay_the_same_tensors_on_another_device()
    {
        using var scope = NewDisposeScope();
        using var module = nn.GRU(3, 2);
        var parameter = module.get_parameter("weight_ih_l0")!;
        var values = Expect.Values(parameter);
        var device = cuda.is_available() ? CUDA : CPU;

        Assert.Same(module, module.to(device));
        module.call(ones([4, 1, 3], device: device)).Item1.sum().backward();

        Assert.Same(parameter, module.get_parameter("weight_ih_l0"));
        Assert.Equal(device.type, parameter.device.type);
        Expect.Close(values, parameter);
        Assert.NotNull(parameter.grad);
    }

    [Fact]
    public void Nothing_is_left_of_a_pass_and_of_a_module()
    {
        var before = Tensor.TotalCount;
        using (NewDisposeScope())
        {
            using var module = nn.LSTM(3, 2, batchFirst: true);
            using var packed = pack_padded_sequence(
                ones(2, 4, 3), torch.tensor(new long[] { 2, 4 }), batch_first: true, enforce_sorted: false);
            var (output, _, _) = module.call(packed);
            pad_packed_sequence(output).Item1.sum().backward();
        }

        Assert.True(Tensor.TotalCount <= before);
    }

    private static (Tensor Input, Tensor Weight, Tensor Recurrent, Tensor Bias) Parts(nn.Module module) =>
        (Random(4, 5, 3), module.get_parameter("weight_ih_l0")!, module.get_parameter("weight_hh_l0")!,
            module.get_parameter("bias_ih_l0")! + module.get_parameter("bias_hh_l0")!);

    private static Tensor Random(params long[] size) =>
        randn(size, ScalarType.Float64, generator: new Generator((ulong)size.Sum()));
}
