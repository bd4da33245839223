"""Losses over classes: with class weights, sample weights, a class per sequence position, and ignored positions."""
import torch
from torch import nn
from torch.nn import functional as F

from losses import both, loss_case


def softmax(x):
    return x.softmax(-1).reshape(-1, x.shape[-1])


def sigmoid(x):
    p = x.detach().double().reshape(-1, 1).sigmoid()
    return torch.cat([1 - p, p], 1).float()


def focal(gamma, alpha=None, weights=None):
    """Lin et al. 2017 in double precision: by the sigmoid for one logit, by the softmax for several."""
    def each(output, target):
        output = output.double()
        if output.shape[1] == 1:
            p = output[:, 0].sigmoid()
            right = torch.where(target == 1, p, 1 - p)
            factor = 1 if alpha is None else torch.where(target == 1, alpha, 1 - alpha)
        else:
            right, factor = output.softmax(1).gather(1, target.unsqueeze(1))[:, 0], 1
        losses = -factor * (1 - right) ** gamma * right.log()
        return losses if weights is None else losses * weights[target]
    return each


def mean(each):
    return lambda output, target: each(output, target).mean()


def cases():
    r = torch.randn
    four = torch.tensor([0.5, 2.0, 1.25, 0.1])
    target = torch.tensor([0, 3, 1, 1, 2, 0])
    for name, make, settings, probabilities in (
            ("CrossEntropy", lambda **k: nn.CrossEntropyLoss(**k), {}, softmax),
            ("NLL", lambda **k: nn.NLLLoss(**k), {}, lambda x: x.exp())):
        for w in (None, four):
            output = (3 * r(6, 4)).log_softmax(1) if name == "NLL" else 3 * r(6, 4)
            def each(o, t, make=make, w=w):
                return make(weight=None if w is None else w.double(), reduction="none")(o, t)
            yield from both(name, settings, make(weight=w), each, output, target, w, probabilities,
                            None if w is None else lambda t, w=w: w[t])
            for ignored in (0, 1):
                def each(o, t, make=make, w=w, ignored=ignored):
                    return make(weight=None if w is None else w.double(), reduction="none", ignore_index=ignored)(o, t)
                yield from both(name, {"IgnoreIndex": ignored}, make(weight=w, ignore_index=ignored), each,
                                output, target, w, probabilities,
                                lambda t, w=w, ignored=ignored: (t != ignored) * (1 if w is None else w[t]))

    # A class per position, with classes last, or first as in PyTorch; some positions have no class.
    places = torch.tensor([[0, 1, 2, 2, 1], [3, 0, -1, -1, -1], [1, 1, 1, 0, 3]])
    kept = torch.where(places < 0, -100, places)
    for w in (None, four):
        for smoothing in (0, 0.2):
            settings = {"LabelSmoothing": smoothing} if smoothing else {}
            loss = nn.CrossEntropyLoss(weight=w, label_smoothing=smoothing)
            def each(o, t, w=w, smoothing=smoothing):
                return F.cross_entropy(o.movedim(-1, 1), torch.where(t < 0, -100, t), None if w is None else w.double(),
                                       reduction="none", label_smoothing=smoothing)
            yield from both("CrossEntropy", settings, lambda o, t, loss=loss: loss(o.movedim(-1, 1), kept), each,
                            2 * r(3, 5, 4), places, w, softmax,
                            lambda t, w=w: (t >= 0) * (1 if w is None else w[t.clamp(min=0)]))
        yield loss_case("CrossEntropy", {}, lambda o, t, w=w: F.cross_entropy(o, kept, w), 2 * r(3, 4, 5), places, w,
                        lambda x: softmax(x.movedim(1, -1)))
    image = torch.randint(3, (2, 2, 4))
    yield loss_case("CrossEntropy", {}, nn.CrossEntropyLoss(), r(2, 3, 2, 4), image, None,
                    lambda x: softmax(x.movedim(1, -1)))

    two = torch.tensor([0.25, 3.0])
    yes = torch.tensor([0, 1, 1, 0, 1])
    for w in (None, two):
        def each(o, t, w=w):
            return F.binary_cross_entropy_with_logits(
                o[:, 0], t.to(o.dtype), None if w is None else w.double()[t], reduction="none",
                pos_weight=torch.tensor([2.5], dtype=o.dtype))
        yield from both("BinaryCrossEntropy", {"PositiveWeight": 2.5}, mean(each), each, 3 * r(5, 1), yes, w, sigmoid)
    several = torch.tensor([[0, 1, 1], [1, -1, 0]])
    def each(o, t):
        return F.binary_cross_entropy_with_logits(o, t.clamp(min=0).to(o.dtype), reduction="none") * (t >= 0)
    yield from both("BinaryCrossEntropy", {}, lambda o, t: each(o, t).sum() / (t >= 0).sum(), each,
                    3 * r(2, 3), several, None, sigmoid, lambda t: t >= 0)
    pixels = torch.rand(2, 1, 2, 3)
    yield from both("BinaryCrossEntropy", {}, nn.BCEWithLogitsLoss(),
                    lambda o, t: F.binary_cross_entropy_with_logits(o, t.double(), reduction="none"),
                    3 * r(2, 1, 2, 3), pixels)

    for settings, each in (({}, focal(2)), ({"Gamma": 0.5, "Alpha": 0.25}, focal(0.5, 0.25)), ({"Gamma": 0}, focal(0))):
        yield from both("Focal", settings, mean(each), each, 3 * r(5, 1), yes, None, sigmoid)
    yield from both("Focal", {}, mean(focal(2, None, two)), focal(2, None, two), 3 * r(5, 1), yes, two, sigmoid)
    yield from both("Focal", {"Gamma": 3}, mean(focal(3)), focal(3), 3 * r(6, 4), target, None, softmax)
    yield from both("Focal", {}, mean(focal(2, None, four)), focal(2, None, four), 3 * r(6, 4), target, four, softmax)

    for settings, keys in (({}, {}), ({"Margin": 0.3, "P": 2}, {"margin": 0.3, "p": 2})):
        for w in (None, four):
            def each(o, t, keys=keys, w=w):
                return F.multi_margin_loss(o, t, weight=None if w is None else w.double(), reduction="none", **keys)
            yield from both("MultiMargin", settings, nn.MultiMarginLoss(weight=w, **keys), each, r(6, 4), target, w)

    for w in (None, two):
        for name, settings, margin, power in (
                ("Hinge", {}, 1, 1), ("Hinge", {"Squared": True}, 1, 2), ("Perceptron", {}, 0, 1)):
            def each(o, t, w=w, margin=margin, power=power):
                losses = (margin - (2 * t - 1) * o[:, 0].double()).clamp(min=0) ** power
                return losses if w is None else losses * w[t]
            yield from both(name, settings, mean(each), each, 2 * r(5, 1), yes, w)
