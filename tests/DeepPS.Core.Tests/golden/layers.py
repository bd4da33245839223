"""Layers."""
import torch
from torch import nn

from golden import run


class Channels(nn.Module):
    def forward(self, x):
        return nn.Flatten()(nn.AdaptiveAvgPool2d(1)(x))


def mixed(norm):
    """A batch normalisation with random statistics, scale and shift."""
    with torch.no_grad():
        norm.running_mean.normal_()
        norm.running_var.uniform_(0.5, 2)
        norm.num_batches_tracked.fill_(7)
        if norm.affine:
            norm.weight.normal_()
            norm.bias.normal_()
    return norm


def cases():
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
    yield run("MaxPool2d", {"KernelSize": 3, "Stride": 2, "CeilMode": True},
              nn.MaxPool2d(3, 2, ceil_mode=True), r(1, 2, 6, 8))
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
            yield run("BatchNorm", {}, mixed(make(shape[1])), 3 * r(shape) + 2, training=training)
        yield run("BatchNorm", {"Epsilon": 0.01, "Momentum": 0.3, "Affine": False},
                  mixed(nn.BatchNorm2d(2, 0.01, 0.3, affine=False)), r(3, 2, 3, 3), training=training)
