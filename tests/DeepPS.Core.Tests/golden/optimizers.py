"""Optimizers: the parameters after twenty steps."""
import torch

from golden import pack


STEPS = 20
KEPT = (1, 2, 3, 10, 20)
SHAPES = [(1,), (3,), (8,), (5, 7), (2, 3, 3), (40,)]


def cases():
    first = [torch.randn(shape) for shape in SHAPES]
    gradients = [[torch.randn(shape) * scale for shape, scale in zip(SHAPES, (1, 1e-3, 10, 1, 0.1, 1))] for _ in range(STEPS)]
    for step in range(STEPS):
        gradients[step][3][0] = 0
    yield {"type": "gradients", "parameters": [pack(p) for p in first], "gradients": [[pack(g) for g in row] for row in gradients]}

    cases = [
        ("SGD", {}, torch.optim.SGD, dict(lr=0.01)),
        ("SGD", {"LearningRate": 0.1, "WeightDecay": 0.05}, torch.optim.SGD, dict(lr=0.1, weight_decay=0.05)),
        ("SGD", {"LearningRate": 0.05, "Momentum": 0.9}, torch.optim.SGD, dict(lr=0.05, momentum=0.9)),
        ("SGD", {"Momentum": 0.8, "Dampening": 0.3, "WeightDecay": 0.1}, torch.optim.SGD,
         dict(lr=0.01, momentum=0.8, dampening=0.3, weight_decay=0.1)),
        ("SGD", {"Momentum": 0.9, "Nesterov": True, "WeightDecay": 0.01}, torch.optim.SGD,
         dict(lr=0.01, momentum=0.9, nesterov=True, weight_decay=0.01)),
        ("Adam", {}, torch.optim.Adam, {}),
        ("Adam", {"LearningRate": 0.02, "Beta1": 0.8, "Beta2": 0.95, "Epsilon": 1e-4, "WeightDecay": 0.1}, torch.optim.Adam,
         dict(lr=0.02, betas=(0.8, 0.95), eps=1e-4, weight_decay=0.1)),
        ("AdamW", {}, torch.optim.AdamW, {}),
        ("AdamW", {"LearningRate": 0.02, "WeightDecay": 0.3}, torch.optim.AdamW, dict(lr=0.02, weight_decay=0.3)),
        ("RMSProp", {}, torch.optim.RMSprop, {}),
        ("RMSProp", {"LearningRate": 0.001, "Alpha": 0.9, "WeightDecay": 0.1}, torch.optim.RMSprop,
         dict(lr=0.001, alpha=0.9, weight_decay=0.1)),
        ("RMSProp", {"LearningRate": 0.003, "Momentum": 0.7}, torch.optim.RMSprop, dict(lr=0.003, momentum=0.7)),
        ("RMSProp", {"LearningRate": 0.002, "Centered": True, "Epsilon": 1e-3}, torch.optim.RMSprop,
         dict(lr=0.002, centered=True, eps=1e-3)),
        ("RMSProp", {"LearningRate": 0.002, "Centered": True, "Momentum": 0.9, "WeightDecay": 0.02, "Epsilon": 1e-3}, torch.optim.RMSprop,
         dict(lr=0.002, centered=True, momentum=0.9, weight_decay=0.02, eps=1e-3)),
    ]
    for type_, settings, make, arguments in cases:
        parameters = [p.clone().requires_grad_() for p in first]
        optimizer = make(parameters, foreach=False, **arguments)
        rate = optimizer.param_groups[0]["lr"]
        after = {}
        for step in range(1, STEPS + 1):
            optimizer.param_groups[0]["lr"] = rate if step <= 10 else rate / 2
            for parameter, gradient in zip(parameters, gradients[step - 1]):
                parameter.grad = gradient.clone()
            optimizer.step()
            if step in KEPT:
                after[step] = [pack(p) for p in parameters]
        yield {"type": type_, "settings": settings, "learningRate": rate, "after": after}
