"""Dense layers whose weight is a product, or whose weights are dropped."""
from collections import OrderedDict

import torch
from torch import nn

from golden import run


def low_rank(inputs, rank, units, bias=True):
    return nn.Sequential(OrderedDict(v=nn.Linear(inputs, rank, bias=False), u=nn.Linear(rank, units, bias=bias)))


class DropAll(nn.Module):
    """A Dense layer whose weights are all dropped: only the bias remains."""

    def __init__(self, inputs, units):
        super().__init__()
        self.weight, self.bias = nn.Linear(inputs, units).parameters()

    def forward(self, x):
        return nn.functional.linear(x, 0 * self.weight, self.bias)


def cases():
    r = torch.randn
    yield run("LowRankDense", {"Units": 4, "Rank": 2}, low_rank(5, 2, 4), r(3, 5))
    yield run("LowRankDense", {"Units": 3, "Rank": 1, "Bias": False}, low_rank(4, 1, 3, False), r(2, 3, 4))
    activated = low_rank(4, 3, 5)
    module = nn.Sequential(activated, nn.ReLU())
    module.named_parameters = activated.named_parameters
    yield run("LowRankDense", {"Units": 5, "Rank": 3, "Activation": {"type": "ReLU"}}, module, r(4, 4))
    yield run("DropConnect", {"Units": 4}, nn.Linear(5, 4), r(3, 5), training=False)
    yield run("DropConnect", {"Units": 3, "Probability": 0}, nn.Linear(4, 3), r(2, 2, 4))
    yield run("DropConnect", {"Units": 2, "Probability": 1}, DropAll(3, 2), r(4, 3))
