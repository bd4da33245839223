"""Further initialisers: the distribution they draw from, or the values where nothing is drawn."""
from math import erf, exp, pi, sqrt

import torch
from torch import nn

from golden import pack
from initializers import caught


def truncated(mean, deviation, low, high):
    """Mean, deviation and share below the mean of a truncated normal distribution, by the textbook formulas."""
    density = lambda x: exp(-x * x / 2) / sqrt(2 * pi)
    below = lambda x: (1 + erf(x / sqrt(2))) / 2
    a, b = (low - mean) / deviation, (high - mean) / deviation
    mass = below(b) - below(a)
    shift = (density(a) - density(b)) / mass
    spread = 1 + (a * density(a) - b * density(b)) / mass - shift ** 2
    return {"distribution": "truncated", "low": low, "high": high, "middle": mean, "mean": mean + deviation * shift,
            "deviation": deviation * sqrt(spread), "below": (below(0) - below(a)) / mass}


def cases():
    for shape in ((300, 200), (24, 10, 5, 5)):
        w = torch.empty(shape)
        for type_, function in (("LeCunNormal", lambda: nn.init.kaiming_normal_(w, nonlinearity="linear")),
                                ("LeCunUniform", lambda: nn.init.kaiming_uniform_(w, nonlinearity="linear")),
                                ("KerasDefault", lambda: nn.init.xavier_uniform_(w))):
            yield {"type": type_, "settings": {}, "shape": list(shape), **caught(function)[0]}
    for settings, numbers in (({}, (0, 1, -2, 2)),
                              ({"Mean": 1, "StandardDeviation": 0.5, "Low": 0.25, "High": 3}, (1, 0.5, 0.25, 3)),
                              ({"StandardDeviation": 0.02}, (0, 0.02, -2, 2))):
        yield {"type": "TruncatedNormal", "settings": settings, "shape": [300, 200], **truncated(*numbers)}

    values = {"distribution": "values"}
    yield {"type": "KerasDefault", "settings": {}, "shape": [4], **values, "values": pack(torch.zeros(4))}
    for shape in ((3, 3), (2, 4), (4, 2)):
        yield {"type": "Identity", "settings": {}, "shape": list(shape), **values,
               "values": pack(nn.init.eye_(torch.empty(shape)))}
    yield {"type": "Identity", "settings": {"Gain": 0.5}, "shape": [2, 2], **values,
           "values": pack(nn.init.eye_(torch.empty(2, 2)) / 2)}
    for shape, groups in (((3, 2, 3), 1), ((2, 3, 4), 1), ((4, 2, 3, 2), 2), ((6, 1, 3, 3), 3), ((2, 2, 1, 3, 2), 1)):
        yield {"type": "Identity", "settings": {"Groups": groups}, "shape": list(shape), **values,
               "values": pack(nn.init.dirac_(torch.empty(shape), groups))}
