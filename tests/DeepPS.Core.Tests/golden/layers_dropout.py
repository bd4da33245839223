"""Dropouts outside training, and with probability 0 or 1. The tests check all others by statistics."""
import torch
from torch import nn
from torchvision.ops import StochasticDepth

from golden import run


def cases():
    r = torch.randn
    for type_, make, shape in (("Dropout1d", nn.Dropout1d, (2, 3, 4)), ("Dropout3d", nn.Dropout3d, (2, 3, 1, 2, 2)),
                               ("AlphaDropout", nn.AlphaDropout, (2, 5))):
        yield run(type_, {}, make(), r(shape), training=False)
        for probability in (0, 1):
            yield run(type_, {"Probability": probability}, make(probability), r(shape))
    for ours, theirs in (("Row", "row"), ("Batch", "batch")):
        yield run("StochasticDepth", {"Mode": ours}, StochasticDepth(0.5, theirs), r(2, 3, 2), training=False)
        for probability in (0, 1):
            yield run("StochasticDepth", {"Probability": probability, "Mode": ours},
                      StochasticDepth(probability, theirs), r(2, 3, 2))
    yield run("GaussianNoise", {"StandardDeviation": 0.5}, nn.Identity(), r(2, 5), training=False)
    yield run("GaussianNoise", {"StandardDeviation": 0}, nn.Identity(), r(2, 5))
