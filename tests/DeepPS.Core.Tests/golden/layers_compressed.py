"""Layers with factored weights: the whole matrix is made of its factors, and PyTorch's own layer takes it."""
import torch
from torch import nn

from golden import run


class TensorTrain(nn.Module):
    """A linear layer whose weight is the full product of its cores, index by index (Novikov 2015)."""

    def __init__(self, inputs, outputs, ranks, bias=True, activation=None):
        super().__init__()
        self.modes, self.activation = (inputs, outputs, [1, *ranks, 1]), activation
        self.cores = []
        for k, (n, m) in enumerate(zip(inputs, outputs)):
            core = nn.Linear(self.modes[2][k] * n, m * self.modes[2][k + 1], bias=False)
            self.cores.append(core)
            self.add_module(f"core{k + 1}", core)
        last = self.cores[-1]
        if bias:
            units = torch.tensor(outputs).prod().item()
            last.bias = nn.Parameter(torch.randn(units))

    def whole(self):
        inputs, outputs, ranks = self.modes
        product = torch.ones(1, 1, 1)
        for k, core in enumerate(self.cores):
            # (m, r', r, n) of the stored matrix (m r', r n)
            part = core.weight.reshape(outputs[k], ranks[k + 1], ranks[k], inputs[k])
            product = torch.einsum("ijr,msrn->imjns", product, part)
            product = product.reshape(product.shape[0] * outputs[k], -1, ranks[k + 1])
        return product[:, :, 0]

    def forward(self, x):
        output = nn.functional.linear(x, self.whole(), self.cores[-1].bias)
        return output if self.activation is None else self.activation(output)


class Pair(nn.Module):
    def __init__(self, rows, columns, rank):
        super().__init__()
        self.u, self.v = nn.Parameter(torch.randn(rows, rank) / 2), nn.Parameter(torch.randn(rank, columns) / 2)

    def whole(self):
        return self.u @ self.v


class LowRank(nn.Module):
    """A recurrent layer of one or two directions whose matrices are products."""

    def __init__(self, call, gates, features, units, rank, both=False, whole_input=False):
        super().__init__()
        self.call, self.units, self.both, self.named = call, units, both, []
        for end in ["", "_reverse"] if both else [""]:
            for kind, columns in (("ih", features), ("hh", units)):
                name = f"weight_{kind}_l0{end}"
                if kind == "ih" and whole_input:
                    self.register_parameter(name, nn.Parameter(torch.randn(gates * units, columns) / 2))
                    self.named.append((name, self.get_parameter(name)))
                    continue
                pair = Pair(gates * units, columns, rank)
                self.add_module(name, pair)
                self.named += [(f"{name}.u", pair.u), (f"{name}.v", pair.v)]
            for kind in "ih", "hh":
                name = f"bias_{kind}_l0{end}"
                self.register_parameter(name, nn.Parameter(torch.randn(gates * units) / 2))
                self.named.append((name, self.get_parameter(name)))

    def named_parameters(self, *_, **__):
        return self.named

    def forward(self, x):
        weights = []
        for end in ["", "_reverse"] if self.both else [""]:
            for kind in "ih", "hh":
                held = getattr(self, f"weight_{kind}_l0{end}")
                weights.append(held.whole() if isinstance(held, Pair) else held)
            weights += [getattr(self, f"bias_ih_l0{end}"), getattr(self, f"bias_hh_l0{end}")]
        state = torch.zeros(2 if self.both else 1, x.shape[0], self.units)
        state = (state, state) if self.call is torch.lstm else state
        output = self.call(x, state, weights, True, 1, 0.0, True, self.both, True)[0]
        last = output[:, -1, :self.units]
        return torch.cat([last, output[:, 0, self.units:]], 1) if self.both else last


def cases():
    r = torch.randn
    train = "TensorTrainDense"
    yield run(train, {"InputMode": "2x3", "OutputMode": "3x2", "Rank": 2}, TensorTrain([2, 3], [3, 2], [2]), r(4, 6))
    yield run(train, {"InputMode": "2x3x2", "OutputMode": "2x1x3", "Rank": "2x3", "Activation": {"type": "Tanh"}},
              TensorTrain([2, 3, 2], [2, 1, 3], [2, 3], activation=torch.tanh), r(3, 12))
    yield run(train, {"InputMode": "2x2x2x2", "OutputMode": "2x3x1x2", "Rank": 3, "Bias": False},
              TensorTrain([2, 2, 2, 2], [2, 3, 1, 2], [3, 3, 3], bias=False), r(2, 3, 16))
    yield run(train, {"InputMode": 5, "OutputMode": 3}, TensorTrain([5], [3], []), r(4, 5))
    yield run("LSTM", {"Units": 4, "Rank": 2}, LowRank(torch.lstm, 4, 3, 4, 2, whole_input=False), r(3, 5, 3))
    yield run("LSTM", {"Units": 3, "Rank": 1, "Bidirectional": True},
              LowRank(torch.lstm, 4, 4, 3, 1, both=True), r(2, 4, 4))
    yield run("GRU", {"Units": 4, "Rank": 2}, LowRank(torch.gru, 3, 4, 4, 2), r(3, 5, 4))
    yield run("GRU", {"Units": 4, "Rank": 1, "Bidirectional": True},
              LowRank(torch.gru, 3, 1, 4, 1, both=True, whole_input=True), r(2, 4, 1))
    yield run("RNN", {"Units": 6, "Rank": 2}, LowRank(torch.rnn_tanh, 1, 5, 6, 2), r(3, 5, 5))
    yield run("RNN", {"Units": 6, "Rank": 2, "Nonlinearity": "ReLU"},
              LowRank(torch.rnn_relu, 1, 5, 6, 2), r(3, 5, 5))
