"""Layers with weights, followed by an activation."""
import torch
from torch import nn

from activations import ACTIVATIONS
from golden import run


class Both(nn.Module):
    """A layer and an activation, with the layer's parameter names."""

    def __init__(self, layer, activation):
        super().__init__()
        self.weight, self.bias, self.layer, self.activation = layer.weight, layer.bias, [layer], activation

    def forward(self, x):
        return self.activation(self.layer[0](x))


def cases():
    for name, settings, module in ACTIVATIONS:
        activation = {"type": name, **settings}
        yield run("Dense", {"Units": 6, "Activation": activation}, Both(nn.Linear(4, 6), module), 2 * torch.randn(3, 4))
    for name in ("ReLU", "Tanh", "SiLU", "Softmax"):
        module = next(m for n, _, m in ACTIVATIONS if n == name)
        yield run("Conv2d", {"Filters": 2, "Activation": {"type": name}},
                  Both(nn.Conv2d(1, 2, 3), module), torch.randn(2, 1, 4, 5))
