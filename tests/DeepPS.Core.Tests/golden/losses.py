"""Losses."""
import torch
from torch import nn

from golden import pack


def loss_case(type_, settings, function, output, target, weights=None, probabilities=None):
    output = output.clone().requires_grad_()
    loss = function(output, target)
    loss.backward()
    return {
        "type": type_, "settings": settings, "output": pack(output), "target": pack(target),
        "classWeights": None if weights is None else pack(weights), "loss": pack(loss), "gradient": pack(output.grad),
        "probabilities": None if probabilities is None else pack(probabilities(output)),
    }


def cases():
    weights = torch.tensor([0.5, 2.0, 1.25, 0.1])
    for smoothing in (0, 0.1):
        for w in (None, weights):
            yield loss_case("CrossEntropy", {"LabelSmoothing": smoothing} if smoothing else {},
                            nn.CrossEntropyLoss(weight=w, label_smoothing=smoothing), 3 * torch.randn(6, 4),
                            torch.tensor([0, 3, 1, 1, 2, 0]), w, lambda x: x.softmax(1))
    target = torch.tensor([0, 1, 1, 0, 1])
    two = torch.tensor([0.25, 3.0])
    for positive in (None, 2.5):
        for w in (None, two):
            loss = nn.BCEWithLogitsLoss(weight=None if w is None else w[target].unsqueeze(1),
                                        pos_weight=None if positive is None else torch.tensor([positive]))
            yield loss_case("BinaryCrossEntropy", {} if positive is None else {"PositiveWeight": positive},
                            lambda o, t, loss=loss: loss(o, t.float().unsqueeze(1)), 5 * torch.randn(5, 1), target, w,
                            lambda x: torch.cat([1 - x.double().sigmoid(), x.double().sigmoid()], 1).float())
    for name, loss in (("MSE", nn.MSELoss()), ("MAE", nn.L1Loss())):
        yield loss_case(name, {}, loss, torch.randn(5, 1), torch.randn(5, 1))
        yield loss_case(name, {}, loss, torch.randn(4, 3), torch.randn(4, 3))
