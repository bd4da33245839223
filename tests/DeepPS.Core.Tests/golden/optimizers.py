"""Elementwise optimizers: the parameters after twenty steps."""
import torch

from golden import pack


STEPS = 20
KEPT = (1, 2, 3, 10, 20)
SHAPES = [(1,), (3,), (8,), (5, 7), (2, 3, 3), (40,)]


class Lion(torch.optim.Optimizer):
    """Lion as in its paper (Chen and others 2023, algorithm 2), in double precision for float32 parameters."""

    def __init__(self, parameters, lr=1e-4, beta1=0.9, beta2=0.99, decay=0.0, foreach=False):
        super().__init__(parameters, dict(lr=lr))
        self.values = [p.detach().double() for p in parameters]
        self.momenta = [torch.zeros_like(v) for v in self.values]
        self.settings = beta1, beta2, decay

    @torch.no_grad()
    def step(self):
        beta1, beta2, decay = self.settings
        group = self.param_groups[0]
        for i, p in enumerate(group["params"]):
            gradient = p.grad.double()
            direction = torch.sign(beta1 * self.momenta[i] + (1 - beta1) * gradient)
            self.values[i] = self.values[i] - group["lr"] * (direction + decay * self.values[i])
            self.momenta[i] = beta2 * self.momenta[i] + (1 - beta2) * gradient
            p.copy_(self.values[i])


def cases():
    first = [torch.randn(shape) for shape in SHAPES]
    scales = (1, 1e-3, 10, 1, 0.1, 1)
    gradients = [[torch.randn(shape) * scale for shape, scale in zip(SHAPES, scales)] for _ in range(STEPS)]
    for step in range(STEPS):
        gradients[step][3][0] = 0
    yield {"type": "gradients", "parameters": [pack(p) for p in first],
           "gradients": [[pack(g) for g in row] for row in gradients]}

    cases = [
        ("SGD", {}, torch.optim.SGD, dict(lr=0.01)),
        ("SGD", {"LearningRate": 0.1, "WeightDecay": 0.05}, torch.optim.SGD, dict(lr=0.1, weight_decay=0.05)),
        ("SGD", {"LearningRate": 0.05, "Momentum": 0.9}, torch.optim.SGD, dict(lr=0.05, momentum=0.9)),
        ("SGD", {"Momentum": 0.8, "Dampening": 0.3, "WeightDecay": 0.1}, torch.optim.SGD,
         dict(lr=0.01, momentum=0.8, dampening=0.3, weight_decay=0.1)),
        ("SGD", {"Momentum": 0.9, "Nesterov": True, "WeightDecay": 0.01}, torch.optim.SGD,
         dict(lr=0.01, momentum=0.9, nesterov=True, weight_decay=0.01)),
        ("Adam", {}, torch.optim.Adam, {}),
        ("Adam", {"LearningRate": 0.02, "Beta1": 0.8, "Beta2": 0.95, "Epsilon": 1e-4, "WeightDecay": 0.1},
         torch.optim.Adam, dict(lr=0.02, betas=(0.8, 0.95), eps=1e-4, weight_decay=0.1)),
        ("AdamW", {}, torch.optim.AdamW, {}),
        ("AdamW", {"LearningRate": 0.02, "WeightDecay": 0.3}, torch.optim.AdamW, dict(lr=0.02, weight_decay=0.3)),
        ("RMSProp", {}, torch.optim.RMSprop, {}),
        ("RMSProp", {"LearningRate": 0.001, "Alpha": 0.9, "WeightDecay": 0.1}, torch.optim.RMSprop,
         dict(lr=0.001, alpha=0.9, weight_decay=0.1)),
        ("RMSProp", {"LearningRate": 0.003, "Momentum": 0.7}, torch.optim.RMSprop, dict(lr=0.003, momentum=0.7)),
        ("RMSProp", {"LearningRate": 0.002, "Centered": True, "Epsilon": 1e-3}, torch.optim.RMSprop,
         dict(lr=0.002, centered=True, eps=1e-3)),
        ("RMSProp",
         {"LearningRate": 0.002, "Centered": True, "Momentum": 0.9, "WeightDecay": 0.02, "Epsilon": 1e-3},
         torch.optim.RMSprop, dict(lr=0.002, centered=True, momentum=0.9, weight_decay=0.02, eps=1e-3)),
        ("Adam", {"LearningRate": 0.02, "Beta2": 0.9, "AmsGrad": True, "WeightDecay": 0.1}, torch.optim.Adam,
         dict(lr=0.02, betas=(0.9, 0.9), weight_decay=0.1, amsgrad=True)),
        ("AdamW", {"LearningRate": 0.02, "Beta2": 0.9, "AmsGrad": True}, torch.optim.AdamW,
         dict(lr=0.02, betas=(0.9, 0.9), amsgrad=True)),
        ("Adagrad", {}, torch.optim.Adagrad, {}),
        ("Adagrad",
         {"LearningRate": 0.1, "LearningRateDecay": 0.05, "WeightDecay": 0.1, "InitialAccumulator": 0.2,
          "Epsilon": 1e-3},
         torch.optim.Adagrad, dict(lr=0.1, lr_decay=0.05, weight_decay=0.1, initial_accumulator_value=0.2, eps=1e-3)),
        ("Adadelta", {}, torch.optim.Adadelta, {}),
        ("Adadelta", {"LearningRate": 0.5, "Rho": 0.7, "Epsilon": 1e-3, "WeightDecay": 0.1}, torch.optim.Adadelta,
         dict(lr=0.5, rho=0.7, eps=1e-3, weight_decay=0.1)),
        ("Adamax", {}, torch.optim.Adamax, {}),
        ("Adamax", {"LearningRate": 0.02, "Beta1": 0.8, "Beta2": 0.9, "Epsilon": 1e-3, "WeightDecay": 0.1},
         torch.optim.Adamax, dict(lr=0.02, betas=(0.8, 0.9), eps=1e-3, weight_decay=0.1)),
        # NAdam of PyTorch 1.13 applies the momentum of a step twice without foreach; with foreach it equals PyTorch 2.
        ("NAdam", {}, torch.optim.NAdam, dict(foreach=True)),
        ("NAdam",
         {"LearningRate": 0.02, "Beta1": 0.8, "Beta2": 0.9, "Epsilon": 1e-4, "MomentumDecay": 0.1, "WeightDecay": 0.1},
         torch.optim.NAdam,
         dict(lr=0.02, betas=(0.8, 0.9), eps=1e-4, momentum_decay=0.1, weight_decay=0.1, foreach=True)),
        ("RAdam", {}, torch.optim.RAdam, {}),
        ("RAdam", {"LearningRate": 0.02, "Beta1": 0.8, "Beta2": 0.9, "Epsilon": 1e-4, "WeightDecay": 0.1},
         torch.optim.RAdam, dict(lr=0.02, betas=(0.8, 0.9), eps=1e-4, weight_decay=0.1)),
        ("ASGD", {}, torch.optim.ASGD, {}),
        ("ASGD", {"LearningRate": 0.05, "Lambda": 0.1, "Alpha": 0.5, "AverageFrom": 5, "WeightDecay": 0.1},
         torch.optim.ASGD, dict(lr=0.05, lambd=0.1, alpha=0.5, t0=5, weight_decay=0.1)),
        ("Rprop", {}, torch.optim.Rprop, {}),
        ("Rprop", {"LearningRate": 0.05, "EtaMinus": 0.3, "EtaPlus": 1.5, "MinimumStep": 0.01, "MaximumStep": 0.1},
         torch.optim.Rprop, dict(lr=0.05, etas=(0.3, 1.5), step_sizes=(0.01, 0.1))),
        ("Lion", {}, Lion, {}),
        ("Lion", {"LearningRate": 0.01, "Beta1": 0.7, "Beta2": 0.8, "WeightDecay": 0.1}, Lion,
         dict(lr=0.01, beta1=0.7, beta2=0.8, decay=0.1)),
    ]
    for type_, settings, make, arguments in cases:
        parameters = [p.clone().requires_grad_() for p in first]
        optimizer = make(parameters, **{"foreach": False, **arguments})
        rate = optimizer.param_groups[0]["lr"]
        after = {}
        for step in range(1, STEPS + 1):
            optimizer.param_groups[0]["lr"] = rate if step <= 10 else rate / 2
            for parameter, gradient in zip(parameters, gradients[step - 1]):
                parameter.grad = gradient.clone()
            optimizer.step()
            if step in KEPT:
                after[step] = [pack(p) for p in parameters]
        case = {"type": type_, "settings": settings, "learningRate": rate, "after": after}
        if type_ == "ASGD":
            case["state"] = {"ax": [pack(optimizer.state[p]["ax"]) for p in parameters]}
        yield case
