"""Whole trainings of small networks: the parts around the optimizer's step. Parameters after some epochs."""
import copy

import torch
from torch import nn

from golden import pack

SAMPLES, BATCH, EPOCHS = 14, 4, 3


def l1(x, factor):
    return factor * x.abs().sum()


def l2(x, factor):
    return factor * (x ** 2).sum()


def sparsity(x, rho, beta):
    mean = x.mean(0)
    return beta * (rho * torch.log(rho / mean) + (1 - rho) * torch.log((1 - rho) / (1 - mean))).sum()


def dense(units, **more):
    return {"type": "Dense", "Units": units, **more}


def train(first, inputs, targets, make,
          penalty=None, clip_value=None, clip_norm=None, accumulate=1, decay=None, max_norm=None):
    """Trains a copy of two Dense layers with a sigmoid between them; returns the parameters and the epoch losses."""
    network = copy.deepcopy(first)
    average = None
    optimizer = make(network)
    losses = []
    for _ in range(EPOCHS):
        total = 0.0
        for start in range(0, SAMPLES, BATCH * accumulate):
            optimizer.zero_grad()
            end = min(start + BATCH * accumulate, SAMPLES)
            for at in range(start, end, BATCH):
                x, y = inputs[at:min(at + BATCH, end)], targets[at:min(at + BATCH, end)]
                hidden = torch.sigmoid(network[0](x))
                loss = nn.functional.mse_loss(network[1](hidden), y)
                total += loss.item() * len(x)
                if penalty is not None:
                    loss = loss + penalty(network, hidden)
                (loss * len(x) / (end - start)).backward()
            parameters = list(network.parameters())
            if clip_value is not None:
                nn.utils.clip_grad_value_(parameters, clip_value)
            if clip_norm is not None:
                nn.utils.clip_grad_norm_(parameters, clip_norm)
            optimizer.step()
            with torch.no_grad():
                if max_norm is not None:
                    network[0].weight.copy_(torch.renorm(network[0].weight, 2, 0, max_norm))
                if decay is not None:
                    if average is None:
                        average = copy.deepcopy(network)
                    for mean, value in zip(average.parameters(), network.parameters()):
                        mean.copy_(decay * mean + (1 - decay) * value)
        losses.append(total / SAMPLES)
    return [pack(p) for p in (average or network).parameters()], losses


def cases():
    inputs, targets = torch.randn(SAMPLES, 3), torch.randn(SAMPLES, 1) * 2
    first = nn.Sequential(nn.Linear(3, 4), nn.Linear(4, 1))

    def sgd(network):
        return torch.optim.SGD(network.parameters(), lr=0.1, momentum=0.9)

    def by_layer(network):
        return torch.optim.SGD([{"params": network[0].parameters(), "lr": 0.3, "weight_decay": 0.2},
                                {"params": network[1].parameters()}], lr=0.1, momentum=0.9)

    def last_only(network):
        return torch.optim.SGD(network[1].parameters(), lr=0.1, momentum=0.9)

    hidden = dict(Activation={"type": "Sigmoid"})
    plain = [dense(4, **hidden), dense(1)]
    for what, layers, options, arguments in (
            ("plain", plain, {}, dict(make=sgd)),
            ("clip norm", plain, {"ClipNorm": 0.5}, dict(make=sgd, clip_norm=0.5)),
            ("clip value", plain, {"ClipValue": 0.1}, dict(make=sgd, clip_value=0.1)),
            ("both clips", plain, {"ClipNorm": 0.5, "ClipValue": 0.4}, dict(make=sgd, clip_norm=0.5, clip_value=0.4)),
            ("accumulation", plain, {"AccumulateSteps": 2}, dict(make=sgd, accumulate=2)),
            ("accumulation and clip", plain, {"AccumulateSteps": 3, "ClipNorm": 0.3},
             dict(make=sgd, accumulate=3, clip_norm=0.3)),
            ("average", plain, {"AverageDecay": 0.8}, dict(make=sgd, decay=0.8)),
            ("rate and decay of a layer", [dense(4, learningRate=0.3, weightDecay=0.2, **hidden), dense(1)], {},
             dict(make=by_layer)),
            ("frozen", [dense(4, frozen=True, **hidden), dense(1)], {}, dict(make=last_only)),
            ("max norm", [dense(4, MaxNorm=0.5, **hidden), dense(1)], {}, dict(make=sgd, max_norm=0.5)),
            ("weights' penalties",
             [dense(4, WeightRegularizer={"type": "L1", "Lambda": 0.05}, **hidden),
              dense(1, WeightRegularizer={"type": "L2", "Lambda": 0.1}, BiasRegularizer={"type": "L1L2"})], {},
             dict(make=sgd, penalty=lambda n, h: (l1(n[0].weight, 0.05) + l2(n[1].weight, 0.1)
                                                  + l1(n[1].bias, 0.01) + l2(n[1].bias, 0.01)))),
            ("activities' penalties",
             [dense(4, ActivityRegularizer={"type": "L2", "Lambda": 0.3}, **hidden), dense(1)], {},
             dict(make=sgd, penalty=lambda n, h: l2(h, 0.3) / len(h))),
            ("sparsity",
             [dense(4, ActivityRegularizer={"type": "KLSparsity", "Rho": 0.1, "Beta": 0.5}, **hidden), dense(1)], {},
             dict(make=sgd, penalty=lambda n, h: sparsity(h, 0.1, 0.5)))):
        parameters, losses = train(first, inputs, targets, **arguments)
        yield {"type": what, "settings": options, "layers": layers, "batchSize": BATCH, "epochs": EPOCHS,
               "inputs": pack(inputs), "targets": pack(targets), "first": [pack(p) for p in first.parameters()],
               "parameters": parameters, "losses": losses}
