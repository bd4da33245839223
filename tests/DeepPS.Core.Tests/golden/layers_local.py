"""Locally connected layers of a signal: those of an image of height 1."""
import torch
from torch import nn

from golden import run
from layers_convolution import LocallyConnected


class LocallyConnected1d(nn.Module):
    def __init__(self, channels, filters, size, output, stride=1, dilation=1, padding=(0, 0), bias=True):
        super().__init__()
        inside = LocallyConnected(channels, filters, (1, size), (1, output), (1, stride), (1, dilation),
                                  (*padding, 0, 0), bias)
        for name, parameter in inside.named_parameters():
            self.register_parameter(name, parameter)
        self.inside = [inside]

    def forward(self, x):
        return self.inside[0](x.unsqueeze(2)).squeeze(2)


def cases():
    r = torch.randn
    yield run("LocallyConnected1d", {"Filters": 2}, LocallyConnected1d(3, 2, 3, 4), r(2, 3, 6))
    yield run("LocallyConnected1d", {"Filters": 3, "KernelSize": 2, "Stride": 2, "Dilation": 2, "Padding": 1,
                                     "Bias": False},
              LocallyConnected1d(1, 3, 2, 3, 2, 2, (1, 1), False), r(3, 1, 5))
    yield run("LocallyConnected1d", {"Filters": 1, "KernelSize": 4, "Padding": "same"},
              LocallyConnected1d(2, 1, 4, 5, padding=(1, 2)), r(2, 2, 5))
