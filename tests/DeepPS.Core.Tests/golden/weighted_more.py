"""Layers with weights, followed by further activations."""
import torch
from torch import nn

from activations_more import ACTIVATIONS
from golden import run
from weighted import Both


def cases():
    for name, settings, module in ACTIVATIONS:
        yield run("Dense", {"Units": 6, "Activation": {"type": name, **settings}},
                  Both(nn.Linear(4, 6), module), 3 * torch.randn(3, 4))
    yield run("Dense", {"Units": 6, "Activation": {"type": "GLU"}}, Both(nn.Linear(4, 6), nn.GLU()), torch.randn(3, 4))
    yield run("Dense", {"Units": 3, "Activation": {"type": "RReLU"}},
              Both(nn.Linear(4, 3), nn.RReLU()), torch.randn(3, 4), training=False)
    yield run("Conv2d", {"Filters": 2, "Activation": {"type": "PReLU", "PerChannel": True}},
              Both(nn.Conv2d(1, 2, 3), nn.PReLU(2)), torch.randn(2, 1, 4, 5))
    yield run("Conv2d", {"Filters": 4, "KernelSize": 2, "Activation": {"type": "GLU", "Axis": 1}},
              Both(nn.Conv2d(1, 4, 2), nn.GLU(1)), torch.randn(2, 1, 3, 3))
