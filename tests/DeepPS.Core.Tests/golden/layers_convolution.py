"""Convolutions over one to three axes, transposed, depthwise, and locally connected."""
import torch
from torch import nn
from torch.nn import functional as F

from golden import run


class Separable(nn.Module):
    def __init__(self, channels, filters, multiplier=1, bias=True, **kernel):
        super().__init__()
        between = channels * multiplier
        self.depthwise = nn.Conv2d(channels, between, groups=channels, bias=False, **kernel)
        self.pointwise = nn.Conv2d(between, filters, 1, bias=bias)

    def forward(self, x):
        return self.pointwise(self.depthwise(x))


class LocallyConnected(nn.Module):
    """One sum per position, in double precision; padding is (left, right, above, below)."""

    def __init__(self, channels, filters, size, output, stride=(1, 1), dilation=(1, 1), padding=(0, 0, 0, 0),
                 bias=True):
        super().__init__()
        self.size, self.output, self.filters = size, output, filters
        self.stride, self.dilation, self.padding = stride, dilation, padding
        units = filters * output[0] * output[1]
        self.weight = nn.Parameter(torch.randn(units, channels * size[0] * size[1]))
        self.bias = nn.Parameter(torch.randn(units)) if bias else None

    def forward(self, x):
        x = F.pad(x.double(), self.padding)
        weight = self.weight.double().view(self.filters, *self.output, -1, *self.size)
        output = torch.empty(len(x), self.filters, *self.output, dtype=torch.float64)
        reach = [d * (k - 1) + 1 for d, k in zip(self.dilation, self.size)]
        for i in range(self.output[0]):
            for j in range(self.output[1]):
                top, left = i * self.stride[0], j * self.stride[1]
                seen = x[:, :, top:top + reach[0]:self.dilation[0], left:left + reach[1]:self.dilation[1]]
                output[:, :, i, j] = torch.einsum("nchw,fchw->nf", seen, weight[:, i, j])
        if self.bias is not None:
            output = output + self.bias.double().view(self.filters, *self.output)
        return output.float()


def cases():
    r = torch.randn
    yield run("Conv3d", {"Filters": 2}, nn.Conv3d(2, 2, 3), r(2, 2, 4, 3, 5))
    yield run("Conv3d",
              {"Filters": 4, "KernelSize": [1, 2, 3], "Stride": [2, 1, 1], "Padding": [0, 1, 1],
               "Dilation": [1, 2, 1], "Groups": 2},
              nn.Conv3d(2, 4, (1, 2, 3), (2, 1, 1), (0, 1, 1), (1, 2, 1), 2), r(1, 2, 3, 4, 3))
    yield run("Conv3d", {"Filters": 2, "KernelSize": "2x3x1", "Padding": "same", "Bias": False},
              nn.Conv3d(1, 2, (2, 3, 1), padding="same", bias=False), r(2, 1, 3, 4, 2))
    yield run("Conv3d", {"Filters": 1, "KernelSize": 2, "Padding": "valid"}, nn.Conv3d(1, 1, 2), r(1, 1, 2, 3, 2))

    yield run("ConvTranspose1d", {"Filters": 3}, nn.ConvTranspose1d(2, 3, 3), r(2, 2, 4))
    yield run("ConvTranspose1d",
              {"Filters": 4, "KernelSize": 4, "Stride": 3, "Padding": 2, "OutputPadding": 1, "Dilation": 2,
               "Groups": 2, "Bias": False},
              nn.ConvTranspose1d(2, 4, 4, 3, 2, 1, 2, False, 2), r(2, 2, 5))
    yield run("ConvTranspose1d", {"Filters": 2, "KernelSize": 3, "Stride": 2, "Padding": "same"},
              nn.ConvTranspose1d(1, 2, 3, 2, 1, 1), r(2, 1, 4))
    yield run("ConvTranspose1d", {"Filters": 2, "KernelSize": 3, "Padding": "same", "Dilation": 2},
              nn.ConvTranspose1d(1, 2, 3, padding=2, dilation=2), r(2, 1, 6))
    yield run("ConvTranspose2d", {"Filters": 2}, nn.ConvTranspose2d(3, 2, 3), r(2, 3, 3, 2))
    yield run("ConvTranspose2d", {"Filters": 2, "KernelSize": 4, "Stride": 2, "Padding": "same"},
              nn.ConvTranspose2d(2, 2, 4, 2, 1), r(2, 2, 3, 4))
    yield run("ConvTranspose2d",
              {"Filters": 6, "KernelSize": [3, 2], "Stride": [2, 3], "Padding": [1, 0], "OutputPadding": [1, 2],
               "Dilation": [2, 1], "Groups": 2},
              nn.ConvTranspose2d(4, 6, (3, 2), (2, 3), (1, 0), (1, 2), 2, dilation=(2, 1)), r(2, 4, 3, 2))
    yield run("ConvTranspose2d", {"Filters": 1, "KernelSize": 1, "Stride": 2, "Padding": "same"},
              nn.ConvTranspose2d(2, 1, 1, 2, 0, 1), r(1, 2, 3, 2))
    yield run("ConvTranspose3d", {"Filters": 2}, nn.ConvTranspose3d(1, 2, 3), r(2, 1, 2, 1, 2))
    yield run("ConvTranspose3d", {"Filters": 2, "KernelSize": [2, 1, 3], "Stride": 2, "Padding": [1, 0, 1],
                                  "OutputPadding": [1, 0, 1], "Groups": 2},
              nn.ConvTranspose3d(2, 2, (2, 1, 3), 2, (1, 0, 1), (1, 0, 1), 2), r(1, 2, 2, 2, 3))

    yield run("DepthwiseConv2d", {}, nn.Conv2d(3, 3, 3, groups=3), r(2, 3, 4, 5))
    yield run("DepthwiseConv2d", {"KernelSize": [2, 3], "DepthMultiplier": 2, "Stride": 2, "Padding": 1, "Bias": False},
              nn.Conv2d(2, 4, (2, 3), 2, 1, groups=2, bias=False), r(2, 2, 5, 4))
    yield run("DepthwiseConv2d", {"KernelSize": 2, "DepthMultiplier": 3, "Padding": "same", "Dilation": 2},
              nn.Conv2d(2, 6, 2, padding="same", dilation=2, groups=2), r(1, 2, 4, 3))
    yield run("SeparableConv2d", {"Filters": 4}, Separable(2, 4, kernel_size=3), r(2, 2, 4, 5))
    yield run("SeparableConv2d",
              {"Filters": 2, "KernelSize": [3, 2], "DepthMultiplier": 2, "Stride": [1, 2], "Padding": 1,
               "Dilation": [2, 1], "Bias": False},
              Separable(2, 2, 2, False, kernel_size=(3, 2), stride=(1, 2), padding=1, dilation=(2, 1)), r(2, 2, 5, 4))
    yield run("SeparableConv2d", {"Filters": 3, "KernelSize": 4, "Padding": "same"},
              Separable(2, 3, kernel_size=4, padding="same"), r(1, 2, 3, 4))
    yield run("LocallyConnected2d", {"Filters": 2}, LocallyConnected(2, 2, (3, 3), (2, 3)), r(2, 2, 4, 5))
    yield run("LocallyConnected2d",
              {"Filters": 2, "KernelSize": [2, 3], "Stride": [2, 1], "Padding": [1, 0], "Dilation": [1, 2],
               "Bias": False},
              LocallyConnected(1, 2, (2, 3), (3, 1), (2, 1), (1, 2), (0, 0, 1, 1), False), r(3, 1, 4, 5))
    yield run("LocallyConnected2d", {"Filters": 1, "KernelSize": 2, "Padding": "same"},
              LocallyConnected(2, 1, (2, 2), (3, 2), padding=(0, 1, 0, 1)), r(2, 2, 3, 2))
    for type_, module in (
            ("ConvTranspose2d", nn.ConvTranspose2d(1, 2, 2)),
            ("LocallyConnected2d", LocallyConnected(1, 2, (2, 2), (2, 1)))):
        both = nn.Sequential(module, nn.Tanh())
        both.named_parameters = module.named_parameters
        yield run(type_, {"Filters": 2, "KernelSize": 2, "Activation": {"type": "Tanh"}}, both, r(2, 1, 3, 2))
