"""Adversarial examples by PyTorch, written out by hand: the fast gradient sign method and projected gradient descent
from the input, for any wrong class and for a target."""
import torch
from torch import nn

from golden import pack

EPSILON, STEPS, SIZE = 0.07, 5, 0.02


def step(network, x, classes, size):
    x = x.clone().requires_grad_()
    loss = nn.functional.cross_entropy(network(x), classes)
    return x.detach() + size * torch.autograd.grad(loss, x)[0].sign()


def fgsm(network, x, classes, sign):
    return step(network, x, classes, sign * EPSILON).clamp(0, 1)


def pgd(network, x, classes, sign):
    changed = x
    for _ in range(STEPS):
        changed = step(network, changed, classes, sign * SIZE)
        changed = torch.max(torch.min(changed, x + EPSILON), x - EPSILON).clamp(0, 1)
    return changed


def cases():
    network = nn.Sequential(nn.Conv2d(1, 3, 3), nn.Tanh(), nn.Flatten(), nn.Linear(3 * 16, 3))
    x = torch.randint(0, 256, (4, 1, 6, 6)).float() / 255
    classes = torch.tensor([0, 1, 2, 0])
    for targeted in (False, True):
        sign = -1 if targeted else 1
        yield {
            "type": "targeted" if targeted else "any", "settings": {}, "inputs": pack(x), "classes": pack(classes),
            "parameters": [pack(p) for p in network.parameters()], "epsilon": EPSILON, "steps": STEPS,
            "size": SIZE, "targeted": targeted,
            "Fgsm": pack(fgsm(network, x, classes, sign)), "Pgd": pack(pgd(network, x, classes, sign)),
        }
