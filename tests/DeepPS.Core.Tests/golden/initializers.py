"""Initialisers."""
from unittest import mock

import torch
from torch import nn


def caught(function):
    """The distribution that an initialiser draws from: PyTorch's calls of uniform_ and normal_ with their arguments."""
    calls = []
    def uniform(self, low=0.0, high=1.0):
        calls.append({"distribution": "uniform", "low": low, "high": high})
    def normal(self, mean=0.0, std=1.0):
        calls.append({"distribution": "normal", "mean": mean, "deviation": std})
    with mock.patch.object(torch.Tensor, "uniform_", uniform), mock.patch.object(torch.Tensor, "normal_", normal):
        function()
    return calls


def cases():
    shapes = [(300, 200), (30, 20, 9), (24, 10, 5, 5)]
    for shape in shapes:
        w = torch.empty(shape)
        cases = [("XavierUniform", {}, lambda: nn.init.xavier_uniform_(w)),
                 ("XavierUniform", {"Gain": 1.5}, lambda: nn.init.xavier_uniform_(w, 1.5)),
                 ("XavierNormal", {}, lambda: nn.init.xavier_normal_(w)),
                 ("XavierNormal", {"Gain": 0.3}, lambda: nn.init.xavier_normal_(w, 0.3)),
                 ("KaimingUniform", {}, lambda: nn.init.kaiming_uniform_(w)),
                 ("KaimingNormal", {}, lambda: nn.init.kaiming_normal_(w)),
                 ("KaimingUniform", {"NegativeSlope": 0.2, "Mode": "FanOut"},
                  lambda: nn.init.kaiming_uniform_(w, 0.2, "fan_out"))]
        for ours, theirs in (
                ("Linear", "linear"), ("Sigmoid", "sigmoid"), ("Tanh", "tanh"), ("ReLU", "relu"), ("SELU", "selu")):
            cases.append(("KaimingNormal", {"Mode": "FanOut", "Nonlinearity": ours},
                          lambda theirs=theirs: nn.init.kaiming_normal_(w, mode="fan_out", nonlinearity=theirs)))
        for type_, settings, function in cases:
            yield {"type": type_, "settings": settings, "shape": list(shape), **caught(function)[0]}

    # Default initial values of a layer: weight, then bias.
    for shape, make in (
            (shapes[0], nn.Linear(200, 300)), (shapes[1], nn.Conv1d(20, 30, 9)), (shapes[2], nn.Conv2d(10, 24, 5))):
        weight, bias = caught(make.reset_parameters)
        yield {"type": "FanInUniform", "settings": {}, "shape": list(shape), **weight}
        yield {"type": "FanInUniform", "settings": {}, "shape": [shape[0]], "weightShape": list(shape), **bias}
