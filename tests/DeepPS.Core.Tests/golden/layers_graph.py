"""Layers that merge inputs, and layers that contain layers."""
from collections import OrderedDict

import torch
import torch.nn.functional as F
from torch import nn

from golden import run


class Merge(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, *inputs):
        return self.function(*inputs)


class Residual(nn.Module):
    def __init__(self, body, shortcut=None, activation=None):
        super().__init__()
        self.body, self.activation = body, activation
        if shortcut is not None:
            self.shortcut = shortcut

    def forward(self, x):
        y = self.body(x) + (self.shortcut(x) if hasattr(self, "shortcut") else x)
        return self.activation(y) if self.activation else y


class Branches(nn.Module):
    def __init__(self, merge, *branches):
        super().__init__()
        self.merge = merge
        for i, branch in enumerate(branches):
            self.add_module(f"branch{i + 1}", branch)
        self.branches = branches

    def forward(self, x):
        return self.merge([branch(x) for branch in self.branches])


class Times(nn.Module):
    def __init__(self, body, times):
        super().__init__()
        self.body, self.times = body, times

    def forward(self, x):
        for _ in range(self.times):
            x = self.body(x)
        return x


class EachStep(nn.Module):
    def __init__(self, body):
        super().__init__()
        self.body = body

    def forward(self, x):
        return torch.stack([self.body(x[:, t]) for t in range(x.shape[1])], 1)


class Skip(nn.Module):
    """A body whose last layer has two earlier layers as inputs."""

    def __init__(self):
        super().__init__()
        self.a, self.dense1 = nn.Linear(3, 4), nn.Linear(4, 4)

    def forward(self, x):
        a = self.a(x)
        return a * torch.sigmoid(self.dense1(a))


def chain(**layers):
    return nn.Sequential(OrderedDict(layers))


def dense(units, **more):
    return {"type": "Dense", "Units": units, **more}


def conv(filters, **more):
    return {"type": "Conv2d", "Filters": filters, "Padding": 1, **more}


def cases():
    r = torch.randn
    yield run("Add", {}, Merge(lambda a, b, c: a + b + c), r(2, 3, 4), r(2, 3, 4), r(2, 3, 4))
    yield run("Add", {}, Merge(lambda a, b: a + b), r(2, 3, 4, 4), r(2, 3, 1, 1))
    yield run("Multiply", {}, Merge(lambda a, b: a * b), r(2, 5), r(2, 5))
    yield run("Multiply", {}, Merge(lambda a, b, c: a * b * c), r(2, 3, 4), r(2, 1, 4), r(2, 3, 1))
    yield run("Average", {}, Merge(lambda a, b, c: (a + b + c) / 3), r(2, 5), r(2, 5), r(2, 5))
    yield run("Maximum", {}, Merge(lambda a, b, c: torch.maximum(torch.maximum(a, b), c)), r(2, 5), r(2, 5), r(2, 5))
    yield run("Concat", {}, Merge(lambda a, b: torch.cat([a, b], 1)), r(2, 3, 4), r(2, 2, 4))
    yield run("Concat", {"Axis": -1}, Merge(lambda a, b, c: torch.cat([a, b, c], -1)),
              r(2, 3, 4), r(2, 3, 1), r(2, 3, 2))
    yield run("Dot", {}, Merge(lambda a, b: (a * b).sum(-1, keepdim=True)), r(3, 5), r(3, 5))
    yield run("Dot", {"Normalize": True}, Merge(lambda a, b: F.cosine_similarity(a, b, dim=-1).unsqueeze(-1)),
              r(3, 5), r(3, 5))
    yield run("Dot", {}, Merge(lambda a, b: torch.einsum("bif,bjf->bij", a, b)), r(2, 3, 5), r(2, 4, 5))

    yield run("Residual", {"Body": [dense(5, Activation={"type": "Tanh"}), dense(4)]},
              Residual(chain(dense1=nn.Linear(4, 5), tanh=nn.Tanh(), dense2=nn.Linear(5, 4))), r(3, 4))
    yield run("Residual", {"Body": [conv(4), {"type": "BatchNorm"}], "Activation": {"type": "ReLU"},
                           "Shortcut": [{"type": "Conv2d", "Filters": 4, "KernelSize": 1, "Bias": False}]},
              Residual(chain(conv2d1=nn.Conv2d(2, 4, 3, padding=1), batchnorm1=nn.BatchNorm2d(4)),
                       chain(conv2d1=nn.Conv2d(2, 4, 1, bias=False)), nn.ReLU()), r(2, 2, 4, 4))
    yield run("Residual", {"Body": [dense(4, name="a"), dense(4, Activation={"type": "Sigmoid"}),
                                    {"type": "Multiply", "from": ["a", "dense1"]}],
                           "Shortcut": [dense(4, Bias=False)]},
              Residual(Skip(), chain(dense1=nn.Linear(3, 4, bias=False))), r(3, 3))
    yield run("Parallel", {"Branches": [[dense(3)], [dense(2, Activation={"type": "ReLU"})], []]},
              Branches(lambda b: torch.cat(b, 1), chain(dense1=nn.Linear(4, 3)),
                       chain(dense1=nn.Linear(4, 2), relu=nn.ReLU()), nn.Identity()), r(3, 4))
    for name, merge in (("Add", sum), ("Multiply", lambda b: b[0] * b[1]), ("Average", lambda b: (b[0] + b[1]) / 2),
                        ("Maximum", lambda b: torch.maximum(b[0], b[1]))):
        yield run("Parallel", {"Branches": [[dense(3)], [dense(3, Bias=False)]], "Merge": name},
                  Branches(merge, chain(dense1=nn.Linear(4, 3)), chain(dense1=nn.Linear(4, 3, bias=False))), r(3, 4))
    yield run("Repeat", {"Times": 3, "Body": [dense(2, Activation={"type": "Tanh"})]},
              nn.Sequential(OrderedDict((str(i + 1), chain(dense1=nn.Linear(5 if i == 0 else 2, 2), tanh=nn.Tanh()))
                                        for i in range(3))), r(3, 5))
    yield run("Repeat", {"Times": 3, "Body": [dense(4, Activation={"type": "Tanh"})], "Shared": True},
              Times(chain(dense1=nn.Linear(4, 4), tanh=nn.Tanh()), 3), r(3, 4))
    yield run("TimeDistributed", {"Body": [conv(2), {"type": "Flatten"}]},
              EachStep(chain(conv2d1=nn.Conv2d(1, 2, 3, padding=1), flatten=nn.Flatten())), r(2, 3, 1, 4, 4))
    yield run("TimeDistributed", {"Body": [dense(2)]}, EachStep(chain(dense1=nn.Linear(4, 2))), r(2, 5, 4))
