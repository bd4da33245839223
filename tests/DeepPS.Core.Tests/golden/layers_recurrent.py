"""Recurrent layers, with sequences of one length and with padded ones, which PyTorch packs."""
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from golden import run


class Recurrent(nn.Module):
    """One of PyTorch's layers under its own parameter names; returns the state after every step, or after the last."""

    def __init__(self, module, sequences=False):
        super().__init__()
        for name, parameter in module.named_parameters():
            self.register_parameter(name, parameter)
        self.module, self.sequences, self.directions = [module], sequences, 2 if module.bidirectional else 1

    def forward(self, x, mask=None):
        module, last_step = self.module[0].train(self.training), x.shape[1]
        if mask is None:
            output, state = module(x)
        else:
            lengths = ((mask != 0) * torch.arange(1, last_step + 1)).amax(1)
            packed, state = module(pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False))
            output = pad_packed_sequence(packed, batch_first=True, total_length=last_step)[0]
        if self.sequences:
            return output
        state = state[0] if isinstance(state, tuple) else state
        return state[-self.directions:].transpose(0, 1).reshape(len(x), -1)


def cases():
    r = torch.randn
    mask = torch.tensor([[7, 2, 0, 4, 0], [3, 0, 0, 0, 0], [1, 1, 1, 1, 1]])
    both = {"Bidirectional": True, "ReturnSequences": True}
    for name, make in (("RNN", nn.RNN), ("LSTM", nn.LSTM), ("GRU", nn.GRU)):
        yield run(name, {"Units": 2}, Recurrent(make(3, 2, batch_first=True)), r(2, 4, 3))
        yield run(name, {"Units": 2, "ReturnSequences": True, "Bias": False},
                  Recurrent(make(3, 2, batch_first=True, bias=False), True), r(2, 4, 3))
        yield run(name, {"Units": 2, "Bidirectional": True},
                  Recurrent(make(3, 2, batch_first=True, bidirectional=True)), r(2, 4, 3))
        yield run(name, {"Units": 2, "Layers": 2, **both},
                  Recurrent(make(3, 2, 2, batch_first=True, bidirectional=True), True), r(2, 4, 3))
        yield run(name, {"Units": 2, "Layers": 3, "Dropout": 0.5},
                  Recurrent(make(1, 2, 3, batch_first=True, dropout=0.5)), r(2, 4, 1), training=False)
        yield run(name, {"Units": 2}, Recurrent(make(3, 2, batch_first=True)), r(3, 5, 3), mask)
        yield run(name, {"Units": 2, "Layers": 2, **both},
                  Recurrent(make(3, 2, 2, batch_first=True, bidirectional=True), True), r(3, 5, 3), mask)
        yield run(name, {"Units": 2, "Layers": 2, "Bidirectional": True},
                  Recurrent(make(3, 2, 2, batch_first=True, bidirectional=True)), r(3, 5, 3), mask)
    yield run("RNN", {"Units": 2, "Nonlinearity": "ReLU"},
              Recurrent(nn.RNN(3, 2, nonlinearity="relu", batch_first=True)), r(2, 4, 3))
    yield run("RNN", {"Units": 2, "Nonlinearity": "ReLU"},
              Recurrent(nn.RNN(3, 2, nonlinearity="relu", batch_first=True)), r(3, 5, 3), mask)
