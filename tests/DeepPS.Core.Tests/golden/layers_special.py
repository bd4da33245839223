"""Layers from papers that PyTorch has no module for."""
from collections import OrderedDict

import torch
import torch.nn.functional as F
from torch import nn

from golden import run


class SpatialTransformer(nn.Module):
    def __init__(self, body, numbers, size=None):
        super().__init__()
        self.body, self.theta, self.size = body, nn.Linear(numbers, 6), size
        with torch.no_grad():
            self.theta.bias.copy_(torch.tensor([1.0, 0, 0.2, 0, 1, -0.1]))

    def forward(self, x):
        theta = self.theta(self.body(x).flatten(1)).view(-1, 2, 3)
        grid = F.affine_grid(theta, [*x.shape[:2], *(self.size or x.shape[2:])], align_corners=False)
        return F.grid_sample(x, grid, align_corners=False)


class KWinners(nn.Module):
    """A unit passes if fewer than k units of its sample are larger."""

    def __init__(self, k):
        super().__init__()
        self.k = k

    def forward(self, x):
        flat = x.flatten(1)
        larger = (flat.unsqueeze(1) > flat.unsqueeze(2)).sum(2)
        return (flat * (larger < self.k)).view_as(x)


def cases():
    r = torch.randn
    yield run("SpatialTransformer", {"Body": [{"type": "Conv2d", "Filters": 2}, {"type": "Flatten"}]},
              SpatialTransformer(
                  nn.Sequential(OrderedDict(conv2d1=nn.Conv2d(1, 2, 3), flatten1=nn.Flatten())), 24),
              r(2, 1, 5, 6))
    yield run("SpatialTransformer", {"Body": [{"type": "GlobalAvgPool2d"}], "OutputSize": "3x4"},
              SpatialTransformer(nn.AdaptiveAvgPool2d(1), 2, (3, 4)), r(2, 2, 5, 5))
    yield run("KWinners", {"Winners": 2}, KWinners(2), r(3, 6))
    yield run("KWinners", {"Winners": 5}, KWinners(5), r(2, 2, 3, 2))
    yield run("KWinners", {"Winners": 3}, KWinners(3), -r(2, 3).abs())
