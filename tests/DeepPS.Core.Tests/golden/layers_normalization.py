"""Normalisation of activations, and of a layer's weight."""
import torch
from torch import nn
from torch.nn.utils import spectral_norm

from golden import run
from layers import mixed


def affine(norm):
    """A normalisation with random scale and shift."""
    with torch.no_grad():
        norm.weight.normal_()
        norm.bias.normal_()
    return norm


def weight_norm(module):
    """torch.nn.utils.weight_norm by single operators: the second derivatives of its own are wrong (torch 1.13)."""
    weight = module._parameters.pop("weight").detach()
    sizes = [-1] + [1] * (weight.dim() - 1)

    def lengths(tensor):
        return tensor.flatten(1).norm(dim=1).reshape(sizes)

    module.weight_g, module.weight_v = nn.Parameter(lengths(weight)), nn.Parameter(weight)
    module.register_forward_pre_hook(lambda own, _: setattr(
        own, "weight", own.weight_v * (own.weight_g / lengths(own.weight_v))))
    return module


def weighted(type_, settings, module, input_, training=True):
    """A layer whose weight is computed from other parameters; PyTorch lists the bias before them."""
    case = run(type_, settings, module, input_, training=training)
    bias = case["parameters"].pop("bias", None)
    if bias:
        case["parameters"]["bias"] = bias
    return case


def cases():
    r = torch.randn
    for training in (True, False):
        yield run("BatchNorm", {}, mixed(nn.BatchNorm3d(2)), 3 * r(2, 2, 2, 3, 2) + 2, training=training)

    yield run("LayerNorm", {}, affine(nn.LayerNorm(5)), 2 * r(3, 5) + 1)
    yield run("LayerNorm", {}, affine(nn.LayerNorm(4)), r(2, 3, 4), training=False)
    yield run("LayerNorm", {"Axes": 2, "Epsilon": 0.01}, affine(nn.LayerNorm((3, 4), 0.01)), r(2, 2, 3, 4))
    yield run("LayerNorm", {"Axes": 3, "Affine": False},
              nn.LayerNorm((2, 3, 2), elementwise_affine=False), r(2, 2, 3, 2))

    yield run("GroupNorm", {"Groups": 2}, affine(nn.GroupNorm(2, 4)), 2 * r(3, 4, 3, 2) + 1)
    yield run("GroupNorm", {"Groups": 2, "Epsilon": 0.1}, affine(nn.GroupNorm(2, 6, 0.1)), r(3, 6), training=False)
    yield run("GroupNorm", {"Groups": 1, "Affine": False}, nn.GroupNorm(1, 3, affine=False), r(2, 3, 4))
    yield run("GroupNorm", {"Groups": 3}, affine(nn.GroupNorm(3, 3)), r(2, 3, 2, 1, 2))

    for make, sizes in ((nn.InstanceNorm1d, (5,)), (nn.InstanceNorm2d, (3, 2)), (nn.InstanceNorm3d, (2, 1, 3))):
        yield run("InstanceNorm", {}, make(2), 2 * r(2, 2, *sizes) + 1)
        for training in (True, False):
            yield run("InstanceNorm", {"Affine": True, "TrackStatistics": True, "Epsilon": 0.01, "Momentum": 0.3},
                      mixed(make(2, 0.01, 0.3, True, True)), 2 * r(2, 2, *sizes) + 1, training=training)
    yield run("InstanceNorm", {"TrackStatistics": True},
              mixed(nn.InstanceNorm2d(3, track_running_stats=True)), r(2, 3, 2, 2), training=False)

    yield run("LocalResponseNorm", {"Size": 3}, nn.LocalResponseNorm(3), 20 * r(2, 5, 2, 3))
    yield run("LocalResponseNorm", {"Size": 2, "Alpha": 0.5, "Beta": 0.6, "K": 2},
              nn.LocalResponseNorm(2, 0.5, 0.6, 2), r(2, 4, 5))
    yield run("LocalResponseNorm", {"Size": 5, "Alpha": 0.2}, nn.LocalResponseNorm(5, 0.2), r(1, 3, 2, 2, 2))

    byLength, spectral = {"WeightNormalization": "Weight"}, {"WeightNormalization": "Spectral"}
    yield weighted("Dense", {"Units": 3, **byLength}, weight_norm(nn.Linear(4, 3)), r(2, 4))
    yield weighted("Conv2d", {"Filters": 2, **byLength, "Bias": False},
                   weight_norm(nn.Conv2d(2, 2, 3, bias=False)), r(2, 2, 4, 3), False)
    yield weighted("ConvTranspose1d", {"Filters": 3, **byLength}, weight_norm(nn.ConvTranspose1d(2, 3, 3)), r(2, 2, 3))
    for training in (True, False):
        yield weighted("Dense", {"Units": 3, **spectral}, spectral_norm(nn.Linear(4, 3)), r(2, 4), training)
        yield weighted("Conv2d", {"Filters": 3, "KernelSize": 2, **spectral},
                       spectral_norm(nn.Conv2d(2, 3, 2)), r(2, 2, 3, 3), training)
        yield weighted("ConvTranspose2d", {"Filters": 3, "KernelSize": 2, **spectral, "Bias": False},
                       spectral_norm(nn.ConvTranspose2d(2, 3, 2, bias=False)), r(2, 2, 2, 3), training)
