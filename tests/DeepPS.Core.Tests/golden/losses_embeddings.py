"""Losses over pairs and triplets of embeddings, and over sequences."""
import torch
from torch import nn
from torch.nn import functional as F

from losses import both


def contrastive(margin, weights=None):
    """Hadsell, Chopra and LeCun 2006 in double precision; class 1 means similar."""
    def each(output, target):
        output = output.double()
        distance = (output[:, 0] - output[:, 1]).square().sum(1).sqrt()
        losses = torch.where(target == 1, distance ** 2 / 2, (margin - distance).clamp(min=0) ** 2 / 2)
        return losses if weights is None else losses * weights[target]
    return each


def ctc(output, target, reduction="none", **keys):
    classes = output.shape[2] - 1
    lengths = (target >= 0).sum(1)
    inputs = torch.full((len(output),), output.shape[1])
    losses = F.ctc_loss(output.log_softmax(2).transpose(0, 1), target.clamp(min=0), inputs, lengths,
                        classes, reduction=reduction, **keys)
    return losses / lengths.clamp(min=1) if reduction == "none" else losses


def cases():
    r = torch.randn
    same = torch.tensor([1, 0, 0, 1, 0])
    two = torch.tensor([0.25, 3.0])
    for settings, margin in (({}, 0), ({"Margin": 0.4}, 0.4)):
        def each(o, t, margin=margin, reduction="none"):
            return F.cosine_embedding_loss(o[:, 0], o[:, 1], 2 * t - 1, margin, reduction=reduction)
        yield from both("CosineEmbedding", settings, lambda o, t, each=each: each(o, t, reduction="mean"), each,
                        r(5, 2, 3), same)
    for settings, margin, w in (({}, 1, None), ({"Margin": 3}, 3, None), ({"Margin": 3}, 3, two)):
        each = contrastive(margin, w)
        yield from both("Contrastive", settings, lambda o, t, each=each: each(o, t).mean(), each, r(5, 2, 3), same, w)
    nothing = torch.zeros(5, 3, 2)
    for settings, keys in (({}, {}), ({"Margin": 0.5, "P": 1, "Swap": True}, {"margin": 0.5, "p": 1, "swap": True})):
        def each(o, t, keys=keys, reduction="none"):
            return F.triplet_margin_loss(o[:, 0], o[:, 1], o[:, 2], reduction=reduction, **keys)
        yield from both("TripletMargin", settings, lambda o, t, each=each: each(o, t, reduction="mean"), each,
                        r(5, 3, 2), nothing)

    words = torch.tensor([[0, 2, 2], [1, -1, -1], [2, 0, -1]])
    yield from both("CTC", {}, lambda o, t: ctc(o, t, "mean"), ctc, 2 * r(3, 6, 4), words)
    short = torch.tensor([[0, 0], [1, 2]])
    keys = {"zero_infinity": True}
    yield from both("CTC", {"ZeroInfinity": True},
                    lambda o, t: ctc(o, t, "mean", **keys), lambda o, t: ctc(o, t, **keys), 2 * r(2, 2, 4), short)
