"""NormalEquation: ridge regression by its closed form and least squares by the pseudo-inverse, in double precision."""
import numpy as np
import torch

from golden import pack


def solve(inputs, targets, decay, bias):
    x, y = inputs.double().numpy(), targets.double().numpy()
    means = (x.mean(0), y.mean(0)) if bias else (np.zeros(x.shape[1]), np.zeros(y.shape[1]))
    x, y = x - means[0], y - means[1]
    if decay > 0:
        slopes = np.linalg.solve(x.T @ x + decay * np.eye(x.shape[1]), x.T @ y)
    else:
        slopes = np.linalg.pinv(x) @ y
    return slopes.T, means[1] - means[0] @ slopes


def cases():
    inputs = torch.randn(30, 5) + torch.tensor([0.0, 3.0, -2.0, 100.0, 0.5])
    targets = inputs @ torch.randn(5, 2) + torch.randn(30, 2) + 4
    twice = torch.cat([inputs, inputs[:, :2]], 1)
    for x, decay, bias in (
            (inputs, 0, True), (inputs, 2.5, True), (inputs, 0, False), (inputs, 2.5, False),
            (twice, 0, True), (twice, 0.5, True), (inputs[:3], 0, True)):
        y = targets[:len(x)]
        weight, intercepts = solve(x, y, decay, bias)
        yield {"type": "NormalEquation", "settings": {"WeightDecay": decay}, "inputs": pack(x), "targets": pack(y),
               "weight": pack(torch.from_numpy(weight).float()),
               "bias": pack(torch.from_numpy(intercepts).float()) if bias else None}
