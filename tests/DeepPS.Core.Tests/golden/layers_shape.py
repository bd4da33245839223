"""Layers that change the shape of a sample."""
import torch
from torch import nn

from golden import run


class Permute(nn.Module):
    def __init__(self, *axes):
        super().__init__()
        self.axes = axes

    def forward(self, x):
        return x.permute(0, *self.axes)


def cases():
    r = torch.randn
    yield run("Permute", {"Axes": [2, 1]}, Permute(2, 1), r(2, 3, 4))
    yield run("Permute", {"Axes": [2, 3, 1]}, Permute(2, 3, 1), r(2, 3, 1, 2))
    yield run("Permute", {"Axes": [1]}, Permute(1), r(2, 3))

    for n, size in ((1, (5,)), (2, (3, 4)), (3, (2, 3, 2))):
        modes = {1: ["Linear"], 2: ["Bilinear", "Bicubic"], 3: ["Trilinear"]}[n]
        yield run("Upsample", {}, nn.Upsample(scale_factor=2), r(1, 2, *size))
        yield run("Upsample", {"Scale": 1.5, "Mode": "NearestExact"},
                  nn.Upsample(scale_factor=1.5, mode="nearest-exact"), r(1, 1, *size))
        yield run("Upsample", {"Scale": 1.7}, nn.Upsample(scale_factor=1.7), r(1, 1, *size))
        wanted = [3, 5, 4][:n]
        yield run("Upsample", {"Size": wanted, "Mode": "Area"}, nn.Upsample(wanted, mode="area"), r(1, 1, *size))
        for mode in modes:
            for align in (False, True):
                yield run("Upsample", {"Size": wanted, "Mode": mode, "AlignCorners": align},
                          nn.Upsample(wanted, mode=mode.lower(), align_corners=align), r(1, 1, *size))
            yield run("Upsample", {"Scale": 1.7, "Mode": mode},
                      nn.Upsample(scale_factor=1.7, mode=mode.lower()), r(1, 1, *size))

    yield run("ZeroPad", {}, nn.ZeroPad2d(1), r(2, 1, 2, 3))
    yield run("ZeroPad", {"Before": [0, 2], "After": [1, 3]}, nn.ZeroPad2d((2, 3, 0, 1)), r(1, 2, 3, 2))
    yield run("ZeroPad", {"Before": 2, "After": 0}, nn.ConstantPad1d((2, 0), 0), r(2, 2, 3))
    yield run("ZeroPad", {"Before": [1, 0, 2], "After": [0, 1, 1]},
              nn.ConstantPad3d((2, 1, 0, 1, 1, 0), 0), r(1, 1, 2, 2, 1))
    yield run("PixelShuffle", {"Factor": 2}, nn.PixelShuffle(2), r(2, 8, 2, 3))
    yield run("PixelShuffle", {"Factor": 3}, nn.PixelShuffle(3), r(1, 9, 1, 2))
