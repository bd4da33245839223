"""Inception v4 and Inception-ResNet v2 after the figures of Szegedy and others (2016), in plain PyTorch."""
import torch
from torch import nn


def conv(inputs, filters, kernel, stride=1, same=True):
    """A convolution, batch normalisation, ReLU. Padding keeps the size if same is set; else there is none."""
    kernel = (kernel, kernel) if isinstance(kernel, int) else kernel
    padding = tuple(k // 2 for k in kernel) if same else 0
    return nn.Sequential(nn.Conv2d(inputs, filters, kernel, stride, padding, bias=False),
                         nn.BatchNorm2d(filters, 1e-3), nn.ReLU())


def chain(inputs, *steps):
    """Convolutions by (filters, kernel), (filters, kernel, stride), or (filters, kernel, 1, False) without padding."""
    made = []
    for filters, kernel, *rest in steps:
        stride = rest[0] if rest else 1
        made.append(conv(inputs, filters, kernel, stride, rest[1] if len(rest) > 1 else stride == 1))
        inputs = filters
    return nn.Sequential(*made)


def mean_then(inputs, filters):
    return nn.Sequential(nn.AvgPool2d(3, 1, 1, count_include_pad=False), conv(inputs, filters, 1))


class Side(nn.Module):
    """Branches over one input, with their channels concatenated."""

    def __init__(self, *branches):
        super().__init__()
        self.branches = nn.ModuleList(branches)

    def forward(self, x):
        return torch.cat([branch(x) for branch in self.branches], 1)


class Scaled(nn.Module):
    """x + factor * (branches projected to x's channels), then ReLU if asked for."""

    def __init__(self, channels, inside, factor, relu, *branches):
        super().__init__()
        self.side, self.out, self.factor, self.relu = Side(*branches), nn.Conv2d(inside, channels, 1), factor, relu

    def forward(self, x):
        y = x + self.factor * self.out(self.side(x))
        return y.relu() if self.relu else y


def fork(inputs, filters):
    return Side(conv(inputs, filters, (1, 3)), conv(inputs, filters, (3, 1)))


def end(channels, classes):
    return nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, classes)


def inception_v4(classes=1000):
    a = [Side(conv(384, 96, 1), chain(384, (64, 1), (96, 3)), chain(384, (64, 1), (96, 3), (96, 3)), mean_then(384, 96))
         for _ in range(4)]
    b = [Side(conv(1024, 384, 1), chain(1024, (192, 1), (224, (1, 7)), (256, (7, 1))),
              chain(1024, (192, 1), (192, (7, 1)), (224, (1, 7)), (224, (7, 1)), (256, (1, 7))), mean_then(1024, 128))
         for _ in range(7)]
    c = [Side(conv(1536, 256, 1), nn.Sequential(conv(1536, 384, 1), fork(384, 256)),
              nn.Sequential(chain(1536, (384, 1), (448, (3, 1)), (512, (1, 3))), fork(512, 256)), mean_then(1536, 256))
         for _ in range(3)]
    return nn.Sequential(
        chain(3, (32, 3, 2), (32, 3, 1, False), (64, 3)),
        Side(nn.MaxPool2d(3, 2), conv(64, 96, 3, 2, False)),
        Side(chain(160, (64, 1), (96, 3, 1, False)),
             chain(160, (64, 1), (64, (1, 7)), (64, (7, 1)), (96, 3, 1, False))),
        Side(conv(192, 192, 3, 2, False), nn.MaxPool2d(3, 2)),
        *a,
        Side(conv(384, 384, 3, 2, False), chain(384, (192, 1), (224, 3), (256, 3, 2)), nn.MaxPool2d(3, 2)),
        *b,
        Side(chain(1024, (192, 1), (192, 3, 2)),
             chain(1024, (256, 1), (256, (1, 7)), (320, (7, 1)), (320, 3, 2)),
             nn.MaxPool2d(3, 2)),
        *c, *end(1536, classes))


def inception_resnet_v2(classes=1000):
    def block8(factor, relu):
        return Scaled(2080, 448, factor, relu, conv(2080, 192, 1), chain(2080, (192, 1), (224, (1, 3)), (256, (3, 1))))

    return nn.Sequential(
        chain(3, (32, 3, 2), (32, 3, 1, False), (64, 3)), nn.MaxPool2d(3, 2),
        chain(64, (80, 1), (192, 3, 1, False)), nn.MaxPool2d(3, 2),
        Side(conv(192, 96, 1), chain(192, (48, 1), (64, 5)), chain(192, (64, 1), (96, 3), (96, 3)), mean_then(192, 64)),
        *[Scaled(320, 128, 0.17, True,
                 conv(320, 32, 1), chain(320, (32, 1), (32, 3)), chain(320, (32, 1), (48, 3), (64, 3)))
          for _ in range(10)],
        Side(conv(320, 384, 3, 2, False), chain(320, (256, 1), (256, 3), (384, 3, 2)), nn.MaxPool2d(3, 2)),
        *[Scaled(1088, 384, 0.1, True, conv(1088, 192, 1), chain(1088, (128, 1), (160, (1, 7)), (192, (7, 1))))
          for _ in range(20)],
        Side(chain(1088, (256, 1), (384, 3, 2)),
             chain(1088, (256, 1), (288, 3, 2)),
             chain(1088, (256, 1), (288, 3), (320, 3, 2)),
             nn.MaxPool2d(3, 2)),
        *[block8(0.2, True) for _ in range(9)], block8(1, False),
        conv(2080, 1536, 1), *end(1536, classes))
