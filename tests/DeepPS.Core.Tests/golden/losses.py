"""Losses: value over a batch, and gradient, also with sample weights. Helpers for the loss scripts."""
import torch
from torch import nn

from golden import pack, second


def loss_case(type_, settings, function, output, target, weights=None, probabilities=None, samples=None):
    output = output.clone().requires_grad_()
    loss = function(output, target)
    loss.backward()
    return {
        "type": type_, "settings": settings, "output": pack(output), "target": pack(target),
        "classWeights": None if weights is None else pack(weights),
        "sampleWeights": None if samples is None else pack(samples),
        "loss": pack(loss.float()), "gradient": pack(output.grad),
        "second": second(function(output, target), [output]),
        "probabilities": None if probabilities is None else pack(probabilities(output)),
    }


def weighted(each, samples, counts=None):
    """sum(w l) / sum(w) of the losses at each position, in double precision."""
    def mean(output, target):
        losses = each(output.double(), target)
        own = samples.double().reshape([-1] + [1] * (losses.dim() - 1))
        places = torch.ones_like(losses) if counts is None else counts(target).double()
        return (losses * own).sum() / (places * own).sum()
    return mean


def both(type_, settings, mean, each, output, target, weights=None, probabilities=None, counts=None):
    """A case without sample weights and one with them."""
    yield loss_case(type_, settings, mean, output, target, weights, probabilities)
    samples = 3 * torch.rand(len(output)).round(decimals=2)
    samples[1] = 0
    yield loss_case(type_, settings, weighted(each, samples, counts), output, target, weights, probabilities, samples)


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
