"""Activations as layers."""
import torch
from torch import nn

from golden import run


ACTIVATIONS = [
    ("ReLU", {}, nn.ReLU()),
    ("LeakyReLU", {}, nn.LeakyReLU()),
    ("LeakyReLU", {"NegativeSlope": 0.2}, nn.LeakyReLU(0.2)),
    ("LeakyReLU", {"NegativeSlope": -0.5}, nn.LeakyReLU(-0.5)),
    ("Tanh", {}, nn.Tanh()),
    ("Sigmoid", {}, nn.Sigmoid()),
    ("Softmax", {}, nn.Softmax(1)),
    ("LogSoftmax", {}, nn.LogSoftmax(1)),
    ("GELU", {}, nn.GELU()),
    ("GELU", {"Approximation": "Tanh"}, nn.GELU("tanh")),
    ("SiLU", {}, nn.SiLU()),
    ("ELU", {}, nn.ELU()),
    ("ELU", {"Alpha": 0.3}, nn.ELU(0.3)),
    ("ELU", {"Alpha": -0.7}, nn.ELU(-0.7)),
]


def cases():
    for name, settings, module in ACTIVATIONS:
        yield run(name, settings, module, 2 * torch.randn(3, 7))
    yield run("Softmax", {}, nn.Softmax(1), torch.randn(2, 3, 4))
    yield run("Softmax", {"Axis": -1}, nn.Softmax(-1), torch.randn(2, 3, 4))
    yield run("LogSoftmax", {"Axis": 2}, nn.LogSoftmax(2), torch.randn(2, 3, 4))
