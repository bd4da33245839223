"""Further activations as layers."""
import torch
from torch import nn

from golden import run


class Function(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, x):
        return self.function(x)


def slopes(*values):
    module = nn.PReLU(len(values))
    with torch.no_grad():
        module.weight.copy_(torch.tensor(values))
    return module


def step(x):
    return torch.where(x >= 0, 1.0, 0.0) + 0 * x


ACTIVATIONS = [
    ("Step", {}, Function(step)),
    ("ReLU6", {}, nn.ReLU6()),
    ("PReLU", {}, nn.PReLU()),
    ("PReLU", {"Slope": 0.1}, slopes(-0.3)),
    ("SELU", {}, nn.SELU()),
    ("CELU", {}, nn.CELU()),
    ("CELU", {"Alpha": 0.3}, nn.CELU(0.3)),
    ("CELU", {"Alpha": -0.7}, nn.CELU(-0.7)),
    ("Mish", {}, nn.Mish()),
    ("Softplus", {}, nn.Softplus()),
    ("Softplus", {"Beta": 2, "Threshold": 1.5}, nn.Softplus(2, 1.5)),
    ("Softsign", {}, nn.Softsign()),
    ("Hardswish", {}, nn.Hardswish()),
    ("Hardtanh", {}, nn.Hardtanh()),
    ("Hardtanh", {"Min": -0.5, "Max": 2}, nn.Hardtanh(-0.5, 2)),
    ("Gaussian", {}, Function(lambda x: (-x.double() ** 2).exp().float())),
]


def cases():
    for name, settings, module in ACTIVATIONS:
        # Hardswish and ReLU6 bend at -3, 3 and 6.
        yield run(name, settings, module, 4 * torch.randn(3, 7))
    yield run("Step", {}, Function(step), torch.tensor([[0.0, -0.0, 1e-30, -1e-30, 2.5, -2.5]]))
    yield run("PReLU", {"PerChannel": True}, slopes(0.1, 0.5, -0.2), torch.randn(2, 3, 4))
    yield run("PReLU", {"PerChannel": True}, slopes(0.3, 1.5), torch.randn(3, 2))
    yield run("RReLU", {}, nn.RReLU(), torch.randn(3, 7), training=False)
    yield run("RReLU", {"Lower": 0.1, "Upper": 0.7}, nn.RReLU(0.1, 0.7), torch.randn(3, 7), training=False)
    yield run("RReLU", {"Lower": 0.3, "Upper": 0.3}, nn.RReLU(0.3, 0.3), torch.randn(3, 7))
    yield run("GLU", {}, nn.GLU(), torch.randn(3, 6))
    yield run("GLU", {"Axis": 1}, nn.GLU(1), torch.randn(2, 4, 3))
    yield run("GLU", {"Axis": -2}, nn.GLU(-2), torch.randn(2, 4, 3))
