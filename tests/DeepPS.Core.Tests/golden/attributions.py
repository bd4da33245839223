"""Attributions by PyTorch's autograd, written out by hand: gradients, SmoothGrad with given noise, integrated
gradients by the Gauss-Legendre rule, Grad-CAM and occlusion."""
import numpy as np
import torch
from torch import nn

from golden import pack

STEPS, COPIES, NOISE = 20, 4, 0.3


def scores(network, x, classes):
    return network(x).gather(1, classes.unsqueeze(1)).squeeze(1)


def gradient(network, x, classes):
    x = x.clone().requires_grad_()
    return torch.autograd.grad(scores(network, x, classes).sum(), x)[0]


def smooth(network, x, classes, noise):
    rows = x.reshape(len(x), -1)
    span = (rows.max(1).values - rows.min(1).values).reshape([-1] + [1] * (x.ndim - 1))
    return sum(gradient(network, x + span * NOISE * each, classes) for each in noise) / len(noise)


def integrated(network, x, classes):
    nodes, weights = np.polynomial.legendre.leggauss(STEPS)
    total = torch.zeros_like(x)
    for node, weight in zip((nodes + 1) / 2, weights / 2):
        total += float(weight) * gradient(network, x * float(node), classes)
    return x * total


def grad_cam(network, layer, x, classes):
    maps = {}
    handle = layer.register_forward_hook(lambda module, inputs, output: maps.update(value=output))
    score = scores(network, x, classes).sum()
    handle.remove()
    weights = torch.autograd.grad(score, maps["value"])[0].mean((2, 3), keepdim=True)
    cam = torch.relu((weights * maps["value"]).sum(1, keepdim=True))
    return nn.functional.interpolate(cam, size=x.shape[2:], mode="bilinear", align_corners=False)


def occluded(network, x, classes, size, stride):
    total, count = torch.zeros_like(x), torch.zeros_like(x)
    whole = scores(network, x, classes)
    starts = list(range(0, x.shape[2] - size, stride)) + [x.shape[2] - size]
    for top in starts:
        for left in starts:
            covered = x.clone()
            covered[:, :, top:top + size, left:left + size] = 0
            fall = whole - scores(network, covered, classes)
            total[:, :, top:top + size, left:left + size] += fall.reshape(-1, 1, 1, 1)
            count[:, :, top:top + size, left:left + size] += 1
    return total / count / x.shape[1]


def cases():
    table = nn.Sequential(nn.Linear(5, 7), nn.Tanh(), nn.Linear(7, 3))
    x = torch.randn(4, 5)
    noise = [torch.randn_like(x) for _ in range(COPIES)]
    classes = torch.tensor([0, 2, 1, 2])
    parts = torch.zeros_like(x)
    with torch.no_grad():
        for column in range(5):
            covered = x.clone()
            covered[:, column] = 0
            parts[:, column] = scores(table, x, classes) - scores(table, covered, classes)
    yield {
        "type": "table", "settings": {}, "inputs": pack(x), "classes": pack(classes),
        "parameters": [pack(p) for p in table.parameters()], "noise": [pack(n) for n in noise],
        "Gradient": pack(gradient(table, x, classes)), "SmoothGrad": pack(smooth(table, x, classes, noise)),
        "IntegratedGradients": pack(integrated(table, x, classes)), "Occlusion": pack(parts),
    }
    images = nn.Sequential(nn.Conv2d(2, 4, 3), nn.Tanh(), nn.Conv2d(4, 5, 3), nn.Sigmoid(), nn.Flatten(),
                           nn.Linear(5 * 16, 3))
    x = torch.randint(0, 256, (3, 2, 8, 8)).float() / 255
    noise = [torch.randn_like(x) for _ in range(COPIES)]
    classes = torch.tensor([1, 0, 2])
    with torch.no_grad():
        patches = occluded(images, x, classes, 3, 2)
    yield {
        "type": "images", "settings": {}, "inputs": pack(x), "classes": pack(classes),
        "parameters": [pack(p) for p in images.parameters()], "noise": [pack(n) for n in noise],
        "Gradient": pack(gradient(images, x, classes)), "SmoothGrad": pack(smooth(images, x, classes, noise)),
        "IntegratedGradients": pack(integrated(images, x, classes)), "Occlusion": pack(patches),
        "GradCam": pack(grad_cam(images, images[3], x, classes)),
    }
