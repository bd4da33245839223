#!/usr/bin/env python3
"""Golden values from PyTorch for the tests of DeepPS.Core.

usage: python3 make_golden.py        (with torch and numpy; the files are written beside this script)

Each file is JSON. A tensor is {"shape": [...], "data": [...]}, its numbers float32 in their shortest exact form, or
int64. Settings are those of the DeepPS catalog. The tests need the files alone, not Python.
"""
import json
import os
from unittest import mock

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

HERE = os.path.dirname(os.path.abspath(__file__))


def pack(tensor):
    values = tensor.detach().numpy().ravel()
    if values.dtype == np.float32:
        data = [float(str(value)) for value in values]
    else:
        data = [int(value) for value in values]
    return {"shape": list(tensor.shape), "data": data}


def write(name, content):
    path = os.path.join(HERE, name + ".json")
    with open(path, "w") as file:
        json.dump({"torch": torch.__version__, "cases": content}, file, separators=(",", ":"), allow_nan=False)
        file.write("\n")
    print(f"{name}.json: {len(content)} cases, {os.path.getsize(path)} bytes")


def run(type_, settings, module, input_, training=True):
    """A layer's case: outputs, and the gradients of the sum of outputs times a random tensor."""
    module.train(training)
    parameters = {name: pack(value) for name, value in module.named_parameters()}
    buffers = {name: pack(value) for name, value in module.named_buffers()}
    input_ = input_.clone().requires_grad_()
    output = module(input_)
    along = torch.randn_like(output)
    (output * along).sum().backward()
    gradients = {name: pack(value.grad) for name, value in module.named_parameters()}
    return {
        "type": type_, "settings": settings, "training": training, "input": pack(input_), "parameters": parameters,
        "buffers": buffers, "output": pack(output), "along": pack(along), "inputGradient": pack(input_.grad),
        "gradients": gradients, "buffersAfter": {name: pack(value) for name, value in module.named_buffers()},
    }


class Both(nn.Module):
    """A weighted layer and an activation, with the weighted layer's parameter names."""

    def __init__(self, layer, activation):
        super().__init__()
        self.weight, self.bias, self.layer, self.activation = layer.weight, layer.bias, [layer], activation

    def forward(self, x):
        return self.activation(self.layer[0](x))


class Channels(nn.Module):
    def forward(self, x):
        return nn.Flatten()(nn.AdaptiveAvgPool2d(1)(x))


def layers():
    r = torch.randn
    yield run("Dense", {"Units": 4}, nn.Linear(7, 4), r(5, 7))
    yield run("Dense", {"Units": 3, "Bias": False}, nn.Linear(6, 3, bias=False), r(2, 6))
    yield run("Dense", {"Units": 3}, nn.Linear(5, 3), r(2, 4, 5))
    yield run("Dense", {"Units": 1}, nn.Linear(1, 1), r(3, 1))

    yield run("Conv1d", {"Filters": 4}, nn.Conv1d(2, 4, 3), r(3, 2, 9))
    yield run("Conv1d", {"Filters": 4, "KernelSize": 4, "Stride": 2, "Padding": 1, "Dilation": 2, "Groups": 2},
              nn.Conv1d(2, 4, 4, 2, 1, 2, 2), r(2, 2, 11))
    yield run("Conv1d", {"Filters": 2, "KernelSize": 4, "Padding": "same", "Bias": False},
              nn.Conv1d(3, 2, 4, padding="same", bias=False), r(2, 3, 7))
    yield run("Conv1d", {"Filters": 2, "KernelSize": 7, "Padding": "valid"}, nn.Conv1d(1, 2, 7), r(2, 1, 7))

    yield run("Conv2d", {"Filters": 3}, nn.Conv2d(2, 3, 3), r(2, 2, 6, 5))
    yield run("Conv2d", {"Filters": 2, "KernelSize": 5, "Padding": 2}, nn.Conv2d(1, 2, 5, padding=2), r(2, 1, 7, 7))
    yield run("Conv2d", {"Filters": 4, "KernelSize": [3, 2], "Stride": [2, 1], "Padding": [1, 0], "Dilation": [1, 2]},
              nn.Conv2d(2, 4, (3, 2), (2, 1), (1, 0), (1, 2)), r(2, 2, 8, 7))
    yield run("Conv2d", {"Filters": 6, "KernelSize": 2, "Groups": 3, "Bias": False},
              nn.Conv2d(3, 6, 2, groups=3, bias=False), r(2, 3, 4, 4))
    yield run("Conv2d", {"Filters": 2, "KernelSize": "4x3", "Padding": "same", "Dilation": 2},
              nn.Conv2d(2, 2, (4, 3), padding="same", dilation=2), r(2, 2, 7, 6))

    yield run("MaxPool2d", {}, nn.MaxPool2d(2), r(2, 3, 6, 7))
    yield run("MaxPool2d", {"KernelSize": 3, "Stride": 2, "Padding": 1}, nn.MaxPool2d(3, 2, 1), r(2, 2, 7, 6))
    yield run("MaxPool2d", {"KernelSize": 3, "Stride": 2, "CeilMode": True}, nn.MaxPool2d(3, 2, ceil_mode=True), r(1, 2, 6, 8))
    yield run("MaxPool2d", {"KernelSize": [3, 2], "Stride": [1, 3], "Padding": [1, 0]},
              nn.MaxPool2d((3, 2), (1, 3), (1, 0)), r(1, 2, 5, 8))
    yield run("MaxPool2d", {"KernelSize": 2, "Stride": 3, "Padding": 1, "CeilMode": True},
              nn.MaxPool2d(2, 3, 1, ceil_mode=True), r(1, 2, 6, 7))
    yield run("MaxPool2d", {"KernelSize": 4, "CeilMode": True}, nn.MaxPool2d(4, ceil_mode=True), r(1, 2, 3, 5))
    yield run("AvgPool2d", {}, nn.AvgPool2d(2), r(2, 3, 6, 7))
    yield run("AvgPool2d", {"KernelSize": 3, "Stride": 2, "Padding": 1}, nn.AvgPool2d(3, 2, 1), r(2, 2, 7, 6))
    yield run("AvgPool2d", {"KernelSize": [2, 3], "Stride": 2, "Padding": 1, "CeilMode": True},
              nn.AvgPool2d((2, 3), 2, 1, ceil_mode=True), r(1, 2, 6, 8))
    yield run("GlobalAvgPool2d", {}, Channels(), r(2, 3, 5, 4))

    yield run("Flatten", {}, nn.Flatten(), r(2, 3, 2, 4))
    yield run("Reshape", {"Shape": "2x3x4"}, nn.Unflatten(1, (2, 3, 4)), r(2, 24))
    yield run("Reshape", {"Shape": 6}, nn.Flatten(), r(2, 2, 3))
    yield run("Dropout", {}, nn.Dropout(), r(2, 5), training=False)
    yield run("Dropout", {"Probability": 0}, nn.Dropout(0), r(2, 5))
    yield run("Dropout", {"Probability": 1}, nn.Dropout(1), r(2, 5))
    yield run("Dropout2d", {}, nn.Dropout2d(), r(2, 3, 2, 2), training=False)
    yield run("Activation", {"Function": "Tanh"}, nn.Tanh(), r(2, 5))

    for training in (True, False):
        for make, shape in ((nn.BatchNorm1d, (6, 3)), (nn.BatchNorm1d, (4, 3, 5)), (nn.BatchNorm2d, (3, 2, 4, 3))):
            yield run("BatchNorm", {}, mixed(make(shape[1])), 3 * r(shape) + 2, training)
        yield run("BatchNorm", {"Epsilon": 0.01, "Momentum": 0.3, "Affine": False},
                  mixed(nn.BatchNorm2d(2, 0.01, 0.3, affine=False)), r(3, 2, 3, 3), training)


def mixed(norm):
    """A batch normalisation with other than its first values."""
    with torch.no_grad():
        norm.running_mean.normal_()
        norm.running_var.uniform_(0.5, 2)
        norm.num_batches_tracked.fill_(7)
        if norm.affine:
            norm.weight.normal_()
            norm.bias.normal_()
    return norm


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


def activations():
    for name, settings, module in ACTIVATIONS:
        yield run(name, settings, module, 2 * torch.randn(3, 7))
    yield run("Softmax", {}, nn.Softmax(1), torch.randn(2, 3, 4))
    yield run("Softmax", {"Axis": -1}, nn.Softmax(-1), torch.randn(2, 3, 4))
    yield run("LogSoftmax", {"Axis": 2}, nn.LogSoftmax(2), torch.randn(2, 3, 4))


def weighted():
    """Weighted layers with an activation after them."""
    for name, settings, module in ACTIVATIONS:
        activation = {"type": name, **settings}
        yield run("Dense", {"Units": 6, "Activation": activation}, Both(nn.Linear(4, 6), module), 2 * torch.randn(3, 4))
    for name in ("ReLU", "Tanh", "SiLU", "Softmax"):
        module = next(m for n, _, m in ACTIVATIONS if n == name)
        yield run("Conv2d", {"Filters": 2, "Activation": {"type": name}}, Both(nn.Conv2d(1, 2, 3), module), torch.randn(2, 1, 4, 5))


def loss_case(type_, settings, function, output, target, weights=None, probabilities=None):
    output = output.clone().requires_grad_()
    loss = function(output, target)
    loss.backward()
    return {
        "type": type_, "settings": settings, "output": pack(output), "target": pack(target),
        "classWeights": None if weights is None else pack(weights), "loss": pack(loss), "gradient": pack(output.grad),
        "probabilities": None if probabilities is None else pack(probabilities(output)),
    }


def losses():
    weights = torch.tensor([0.5, 2.0, 1.25, 0.1])
    for smoothing in (0, 0.1):
        for w in (None, weights):
            yield loss_case("CrossEntropy", {"LabelSmoothing": smoothing} if smoothing else {},
                            nn.CrossEntropyLoss(weight=w, label_smoothing=smoothing), 3 * torch.randn(6, 4),
                            torch.tensor([0, 3, 1, 1, 2, 0]), w, lambda x: x.softmax(1))
    target = torch.tensor([0, 1, 1, 0, 1])
    two = torch.tensor([0.25, 3.0])
    for positive in (None, 2.5):
        for w in (None, two):
            loss = nn.BCEWithLogitsLoss(weight=None if w is None else w[target].unsqueeze(1),
                                        pos_weight=None if positive is None else torch.tensor([positive]))
            yield loss_case("BinaryCrossEntropy", {} if positive is None else {"PositiveWeight": positive},
                            lambda o, t, loss=loss: loss(o, t.float().unsqueeze(1)), 5 * torch.randn(5, 1), target, w,
                            lambda x: torch.cat([1 - x.double().sigmoid(), x.double().sigmoid()], 1).float())
    for name, loss in (("MSE", nn.MSELoss()), ("MAE", nn.L1Loss())):
        yield loss_case(name, {}, loss, torch.randn(5, 1), torch.randn(5, 1))
        yield loss_case(name, {}, loss, torch.randn(4, 3), torch.randn(4, 3))


def initializers():
    """What each initialiser draws from: PyTorch's own calls of uniform_ and normal_, caught with their arguments."""
    def caught(function):
        calls = []
        def uniform(self, low=0.0, high=1.0):
            calls.append({"distribution": "uniform", "low": low, "high": high})
        def normal(self, mean=0.0, std=1.0):
            calls.append({"distribution": "normal", "mean": mean, "deviation": std})
        with mock.patch.object(torch.Tensor, "uniform_", uniform), mock.patch.object(torch.Tensor, "normal_", normal):
            function()
        return calls

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
        for ours, theirs in (("Linear", "linear"), ("Sigmoid", "sigmoid"), ("Tanh", "tanh"), ("ReLU", "relu"), ("SELU", "selu")):
            cases.append(("KaimingNormal", {"Mode": "FanOut", "Nonlinearity": ours},
                          lambda theirs=theirs: nn.init.kaiming_normal_(w, mode="fan_out", nonlinearity=theirs)))
        for type_, settings, function in cases:
            yield {"type": type_, "settings": settings, "shape": list(shape), **caught(function)[0]}

    # A layer's own first values: weight, then bias.
    for shape, make in ((shapes[0], nn.Linear(200, 300)), (shapes[1], nn.Conv1d(20, 30, 9)), (shapes[2], nn.Conv2d(10, 24, 5))):
        weight, bias = caught(make.reset_parameters)
        yield {"type": "FanInUniform", "settings": {}, "shape": list(shape), **weight}
        yield {"type": "FanInUniform", "settings": {}, "shape": [shape[0]], "weightShape": list(shape), **bias}


STEPS = 20
KEPT = (1, 2, 3, 10, 20)
SHAPES = [(1,), (3,), (8,), (5, 7), (2, 3, 3), (40,)]


def optimizers():
    first = [torch.randn(shape) for shape in SHAPES]
    gradients = [[torch.randn(shape) * scale for shape, scale in zip(SHAPES, (1, 1e-3, 10, 1, 0.1, 1))] for _ in range(STEPS)]
    for step in range(STEPS):
        gradients[step][3][0] = 0
    yield {"type": "gradients", "parameters": [pack(p) for p in first], "gradients": [[pack(g) for g in row] for row in gradients]}

    cases = [
        ("SGD", {}, torch.optim.SGD, dict(lr=0.01)),
        ("SGD", {"LearningRate": 0.1, "WeightDecay": 0.05}, torch.optim.SGD, dict(lr=0.1, weight_decay=0.05)),
        ("SGD", {"LearningRate": 0.05, "Momentum": 0.9}, torch.optim.SGD, dict(lr=0.05, momentum=0.9)),
        ("SGD", {"Momentum": 0.8, "Dampening": 0.3, "WeightDecay": 0.1}, torch.optim.SGD,
         dict(lr=0.01, momentum=0.8, dampening=0.3, weight_decay=0.1)),
        ("SGD", {"Momentum": 0.9, "Nesterov": True, "WeightDecay": 0.01}, torch.optim.SGD,
         dict(lr=0.01, momentum=0.9, nesterov=True, weight_decay=0.01)),
        ("Adam", {}, torch.optim.Adam, {}),
        ("Adam", {"LearningRate": 0.02, "Beta1": 0.8, "Beta2": 0.95, "Epsilon": 1e-4, "WeightDecay": 0.1}, torch.optim.Adam,
         dict(lr=0.02, betas=(0.8, 0.95), eps=1e-4, weight_decay=0.1)),
        ("AdamW", {}, torch.optim.AdamW, {}),
        ("AdamW", {"LearningRate": 0.02, "WeightDecay": 0.3}, torch.optim.AdamW, dict(lr=0.02, weight_decay=0.3)),
        ("RMSProp", {}, torch.optim.RMSprop, {}),
        ("RMSProp", {"LearningRate": 0.001, "Alpha": 0.9, "WeightDecay": 0.1}, torch.optim.RMSprop,
         dict(lr=0.001, alpha=0.9, weight_decay=0.1)),
        ("RMSProp", {"LearningRate": 0.003, "Momentum": 0.7}, torch.optim.RMSprop, dict(lr=0.003, momentum=0.7)),
        ("RMSProp", {"LearningRate": 0.002, "Centered": True, "Epsilon": 1e-3}, torch.optim.RMSprop,
         dict(lr=0.002, centered=True, eps=1e-3)),
        ("RMSProp", {"LearningRate": 0.002, "Centered": True, "Momentum": 0.9, "WeightDecay": 0.02, "Epsilon": 1e-3}, torch.optim.RMSprop,
         dict(lr=0.002, centered=True, momentum=0.9, weight_decay=0.02, eps=1e-3)),
    ]
    for type_, settings, make, arguments in cases:
        parameters = [p.clone().requires_grad_() for p in first]
        optimizer = make(parameters, foreach=False, **arguments)
        rate = optimizer.param_groups[0]["lr"]
        after = {}
        for step in range(1, STEPS + 1):
            optimizer.param_groups[0]["lr"] = rate if step <= 10 else rate / 2
            for parameter, gradient in zip(parameters, gradients[step - 1]):
                parameter.grad = gradient.clone()
            optimizer.step()
            if step in KEPT:
                after[step] = [pack(p) for p in parameters]
        yield {"type": type_, "settings": settings, "learningRate": rate, "after": after}


def schedules():
    """The factor of every step of a run of 6 epochs of 3 steps."""
    def factors(make, each_step):
        optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
        scheduler = make(optimizer)
        for step in range(18):
            yield optimizer.param_groups[0]["lr"]
            optimizer.step()
            if each_step or step % 3 == 2:
                scheduler.step()

    s = torch.optim.lr_scheduler
    for type_, settings, make, each_step in (
            ("Constant", {}, lambda o: s.LambdaLR(o, lambda _: 1), False),
            ("Step", {"StepSize": 2}, lambda o: s.StepLR(o, 2), False),
            ("Step", {"StepSize": 1, "Gamma": 0.5}, lambda o: s.StepLR(o, 1, 0.5), False),
            ("Exponential", {"Gamma": 0.8}, lambda o: s.ExponentialLR(o, 0.8), False),
            ("Cosine", {}, lambda o: s.CosineAnnealingLR(o, 18), True),
            ("Cosine", {"MinimumFactor": 0.1}, lambda o: s.CosineAnnealingLR(o, 18, 0.1), True)):
        yield {"type": type_, "settings": settings, "stepsPerEpoch": 3, "totalSteps": 18, "factors": list(factors(make, each_step))}


def main():
    print("torch", torch.__version__)
    torch.set_num_threads(1)
    for make in (layers, activations, weighted, losses, initializers, optimizers, schedules):
        torch.manual_seed(0)
        write(make.__name__, list(make()))


main()
