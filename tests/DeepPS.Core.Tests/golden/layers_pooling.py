"""Pooling over windows, to a given size, and over all positions."""
import torch
from torch import nn

from golden import run

SIZES = {1: (7,), 2: (6, 5), 3: (4, 5, 3)}


def windows(kind, n):
    """Settings, and the arguments of PyTorch's class."""
    kernel, stride, padding = [3, 2, 2][:n], [1, 2, 1][:n], [1, 0, 1][:n]
    plain = lambda numbers: numbers[0] if n == 1 else tuple(numbers)
    yield {}, {"kernel_size": 2}
    yield {"KernelSize": kernel, "Stride": stride, "Padding": padding}, {
        "kernel_size": plain(kernel), "stride": plain(stride), "padding": plain(padding)}
    yield {"KernelSize": 3, "Stride": 2, "Padding": 1, "CeilMode": True}, {
        "kernel_size": 3, "stride": 2, "padding": 1, "ceil_mode": True}
    if kind == "Max":
        yield {"KernelSize": 2, "Stride": 1, "Dilation": 2}, {"kernel_size": 2, "stride": 1, "dilation": 2}
    else:
        yield {"KernelSize": 3, "Stride": 2, "Padding": 1, "CeilMode": True, "CountIncludePad": False}, {
            "kernel_size": 3, "stride": 2, "padding": 1, "ceil_mode": True, "count_include_pad": False}


def cases():
    r = torch.randn
    for n, sizes in SIZES.items():
        for kind in ("Max", "Avg"):
            make = getattr(nn, f"{kind}Pool{n}d")
            for settings, arguments in windows(kind, n):
                yield run(f"{kind}Pool{n}d", settings, make(**arguments), r(2, 1, *sizes))
            adaptive = getattr(nn, f"Adaptive{kind}Pool{n}d")
            yield run(f"Adaptive{kind}Pool{n}d", {"OutputSize": 2}, adaptive(2), r(1, 2, *sizes))
            wanted = [3, 7, 2][:n]
            size = wanted[0] if n == 1 else tuple(wanted)
            yield run(f"Adaptive{kind}Pool{n}d", {"OutputSize": wanted}, adaptive(size), r(1, 1, *sizes))
            yield run(f"Global{kind}Pool{n}d", {}, nn.Sequential(adaptive(1), nn.Flatten()), r(2, 3, *sizes))
        # If several numbers are the largest, as after ReLU, the gradient goes to one of them.
        largest = getattr(nn, f"AdaptiveMaxPool{n}d")(1)
        yield run(f"GlobalMaxPool{n}d", {}, nn.Sequential(largest, nn.Flatten()), r(2, 2, *sizes).clamp(max=-0.1))
