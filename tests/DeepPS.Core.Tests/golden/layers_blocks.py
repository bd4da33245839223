"""Building blocks of published networks besides the common layers."""
from collections import OrderedDict

import torch
from torch import nn

from golden import run
from layers_graph import Residual, chain, conv, dense


class MaskedMean(nn.Module):
    def forward(self, x, mask=None):
        if mask is None:
            return x.mean(1)
        rows = []
        for sample, real in zip(x, mask != 0):
            rows.append(sample[real].mean(0) if real.any() else sample.new_zeros(sample.shape[1]))
        return torch.stack(rows)


class Fixed(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        return self.function(x)


class Norm(nn.BatchNorm2d):
    """A batch normalisation with random scale and shift, followed by a function."""

    def __init__(self, channels, function):
        super().__init__(channels)
        self.function = [function]
        nn.init.normal_(self.weight)
        nn.init.normal_(self.bias)

    def forward(self, x):
        return self.function[0](super().forward(x))


def cases():
    r = torch.randn
    yield run("Sequential", {"Body": [dense(3, Activation={"type": "Tanh"}), dense(2)]},
              nn.Sequential(OrderedDict(body=chain(dense1=nn.Linear(4, 3), tanh=nn.Tanh(), dense2=nn.Linear(3, 2)))),
              r(3, 4))
    yield run("Residual", {"Body": [conv(2)], "Scale": 0.25, "Activation": {"type": "ReLU"}},
              Residual(nn.Sequential(OrderedDict(conv2d1=nn.Conv2d(2, 2, 3, padding=1),
                                                 scale=Fixed(lambda y: 0.25 * y))),
                       activation=nn.ReLU()), r(2, 2, 4, 4))
    for training in (True, False):
        yield run("BatchNorm", {"Activation": {"type": "ReLU"}}, Norm(3, nn.ReLU()), r(4, 3, 2, 3), training=training)
    yield run("BatchNorm", {"Activation": {"type": "SiLU"}}, Norm(3, nn.SiLU()), r(4, 3, 2, 3))
    yield run("PadChannels", {"Channels": 5},
              Fixed(lambda x: torch.cat([x, torch.zeros(2, 2, 4, 3)], 1)), r(2, 3, 4, 3))
    yield run("PadChannels", {"Channels": 3}, Fixed(lambda x: torch.cat([x, torch.zeros(2, 1)], 1)), r(2, 2))
    yield run("Rescale", {"Scale": -0.5, "Offset": 3}, Fixed(lambda x: x / -2 + 3), r(2, 5))
    yield run("Rescale", {"Scale": 4}, Fixed(lambda x: 4 * x), r(2, 3, 2))
    yield run("SequenceMean", {}, MaskedMean(), r(2, 4, 3))
    yield run("SequenceMean", {}, MaskedMean(), r(3, 4, 2), torch.tensor([[3, 1, 2, 4], [5, 0, 7, 0], [0, 0, 0, 0]]))
