"""The output shape and number of parameters of PyTorch's modules with many settings; null where PyTorch fails."""
import random

import torch
from torch import nn

from layers_convolution import Separable

KINDS = ("Conv", "ConvTranspose", "MaxPool", "AvgPool")


def plain(numbers):
    return numbers[0] if len(numbers) == 1 else tuple(numbers)


def pick(pick_one, n):
    """One number for each of n axes."""
    return [pick_one() for _ in range(n)]


def rule(type_, settings, make, input_):
    """A case; if the module cannot be made or cannot run, it has no shape."""
    try:
        module = make()
        output = list(module(torch.zeros(1, *input_)).shape[1:])
    except (RuntimeError, ValueError):
        return {"type": type_, "settings": settings, "input": input_, "output": None}
    parameters = sum(value.numel() for value in module.parameters())
    return {"type": type_, "settings": settings, "input": input_, "output": output, "parameters": parameters}


def window(kind, n, chance):
    sizes = pick(lambda: chance.choice((1, 2, 3, 4, 5, 6, 7)), n)
    kernel, stride = pick(lambda: chance.choice((1, 2, 2, 3, 3, 4)), n), pick(lambda: chance.randint(1, 3), n)
    dilation = pick(lambda: chance.choice((1, 1, 1, 2)), n)
    padding = [chance.randint(0, k // 2) if chance.random() < 0.95 else 2 for k in kernel]
    settings = {"KernelSize": kernel, "Stride": stride, "Padding": padding}
    arguments = {"kernel_size": plain(kernel), "stride": plain(stride), "padding": plain(padding)}
    if kind != "AvgPool":
        settings["Dilation"], arguments["dilation"] = dilation, plain(dilation)
    if kind.endswith("Pool"):
        ceil = chance.random() < 0.5
        settings["CeilMode"], arguments["ceil_mode"] = ceil, ceil
        return settings, arguments, (), [chance.randint(1, 3), *sizes]
    filters, groups, bias = chance.randint(1, 4), chance.choice((1, 1, 2)), chance.random() < 0.7
    settings |= {"Filters": filters, "Groups": groups, "Bias": bias}
    arguments |= {"groups": groups, "bias": bias}
    if kind == "ConvTranspose":
        extra = [chance.randrange(max(pair)) if chance.random() < 0.95 else 2 for pair in zip(stride, dilation)]
        settings["OutputPadding"], arguments["output_padding"] = extra, plain(extra)
    elif chance.random() < 0.3:
        settings["Padding"] = arguments["padding"] = "same"
        if chance.random() < 0.7:
            settings["Stride"], arguments["stride"] = 1, 1
    channels = chance.randint(1, 4)
    return settings, arguments, (channels, filters), [channels, *sizes]


def cases():
    chance = random.Random(7)
    for kind in KINDS:
        for n in (1, 2, 3):
            for _ in range(25):
                settings, arguments, sides, input_ = window(kind, n, chance)
                yield rule(f"{kind}{n}d", settings, lambda: getattr(nn, f"{kind}{n}d")(*sides, **arguments), input_)
    for _ in range(20):
        channels, filters, multiplier = chance.randint(1, 3), chance.randint(1, 4), chance.randint(1, 3)
        kernel, stride = chance.randint(1, 3), chance.randint(1, 3)
        size = [channels, chance.randint(1, 7), chance.randint(2, 7)]
        settings = {"KernelSize": kernel, "Stride": stride, "DepthMultiplier": multiplier}
        yield rule("DepthwiseConv2d", settings,
                   lambda: nn.Conv2d(channels, channels * multiplier, kernel, stride, groups=channels), size)
        yield rule("SeparableConv2d", settings | {"Filters": filters},
                   lambda: Separable(channels, filters, multiplier, kernel_size=kernel, stride=stride), size)
    for _ in range(30):
        size = pick(lambda: chance.randint(1, 5), chance.randint(1, 3))
        scale = chance.choice((0.3, 0.5, 1.5, 2, 2.9))
        mode = chance.choice(("Nearest", "Linear", "Bilinear", "Bicubic", "Trilinear"))
        yield rule("Upsample", {"Scale": scale, "Mode": mode},
                   lambda: nn.Upsample(scale_factor=scale, mode=mode.lower()), [2, *size])
    for factor in (1, 2, 3):
        for channels in (1, 4, 9, 12):
            yield rule("PixelShuffle", {"Factor": factor}, lambda: nn.PixelShuffle(factor), [channels, 2, 1])
