"""Optimizers that update a parameter as a whole: the parameters after twenty steps.

Neither is in PyTorch 1.13: LAMB is algorithm 2 of You and others (2020), Muon that of Jordan and others (2024), in
double precision.
"""
import torch

from golden import pack

STEPS = 20
KEPT = (1, 2, 3, 10, 20)
SHAPES = [(1,), (5,), (5, 7), (7, 5), (4, 3, 3, 2), (1, 6)]


def lamb(value, gradient, state, number, rate, beta1=0.9, beta2=0.999, epsilon=1e-6, decay=0.01):
    m = state["m"] = beta1 * state.get("m", 0) + (1 - beta1) * gradient
    v = state["v"] = beta2 * state.get("v", 0) + (1 - beta2) * gradient ** 2
    r = (m / (1 - beta1 ** number)) / ((v / (1 - beta2 ** number)).sqrt() + epsilon)
    r = r + decay * value
    ratio = value.norm() / r.norm() if value.norm() > 0 and r.norm() > 0 else 1.0
    return value - rate * ratio * r


def newton_schulz(matrix, iterations):
    x = matrix.t() if matrix.shape[0] > matrix.shape[1] else matrix
    x = x / x.norm().clamp(min=1e-7)
    for _ in range(iterations):
        a = x @ x.t()
        x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
    return x.t() if matrix.shape[0] > matrix.shape[1] else x


def muon(value, gradient, state, number, rate, momentum=0.95, nesterov=True, iterations=5, decay=0.01,
         adam_share=3e-4 / 0.02):
    if value.ndim < 2:
        return adamw(value, gradient, state, number, rate * adam_share, decay)
    m = state["m"] = momentum * state.get("m", torch.zeros_like(value)) + (1 - momentum) * gradient
    step = (1 - momentum) * gradient + momentum * m if nesterov else m
    matrix = step.reshape(len(step), -1)
    longer = max(1, matrix.shape[0] / matrix.shape[1]) ** 0.5
    return value * (1 - rate * decay) - rate * longer * newton_schulz(matrix, iterations).reshape(value.shape)


def adamw(value, gradient, state, number, rate, decay):
    m = state["m"] = 0.9 * state.get("m", 0) + 0.1 * gradient
    v = state["v"] = 0.999 * state.get("v", 0) + 0.001 * gradient ** 2
    m, v = m / (1 - 0.9 ** number), v / (1 - 0.999 ** number)
    return value * (1 - rate * decay) - rate * m / (v.sqrt() + 1e-8)


def cases():
    first = [torch.randn(shape) for shape in SHAPES]
    first[1] = torch.zeros(SHAPES[1])
    scales = (1, 1e-3, 10, 1, 0.1, 1)
    gradients = [[torch.randn(shape) * scale for shape, scale in zip(SHAPES, scales)] for _ in range(STEPS)]
    yield {"type": "gradients", "parameters": [pack(p) for p in first],
           "gradients": [[pack(g) for g in row] for row in gradients]}
    for type_, settings, rule, rate, arguments in (
            ("LAMB", {}, lamb, 1e-3, {}),
            ("LAMB", {"LearningRate": 0.1, "Beta1": 0.8, "Beta2": 0.95, "Epsilon": 1e-3, "WeightDecay": 0.2}, lamb, 0.1,
             dict(beta1=0.8, beta2=0.95, epsilon=1e-3, decay=0.2)),
            ("Muon", {}, muon, 0.02, {}),
            ("Muon", {"LearningRate": 0.1, "Momentum": 0.8, "Nesterov": False, "Iterations": 7, "WeightDecay": 0.2,
                      "AdamLearningRate": 0.05}, muon, 0.1,
             dict(momentum=0.8, nesterov=False, iterations=7, decay=0.2, adam_share=0.5))):
        values, states, after = [p.double() for p in first], [{} for _ in first], {}
        for number in range(1, STEPS + 1):
            now = rate if number <= 10 else rate / 2
            values = [rule(value, gradient.double(), state, number, now, **arguments)
                      for value, gradient, state in zip(values, gradients[number - 1], states)]
            if number in KEPT:
                after[number] = [pack(value.float()) for value in values]
        yield {"type": type_, "settings": settings, "learningRate": rate, "steps": after}
