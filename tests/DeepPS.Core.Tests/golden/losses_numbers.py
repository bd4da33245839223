"""Losses over numbers."""
import math

import torch
from torch import nn
from torch.nn import functional as F

from losses import both


def unreduced(function, **keys):
    return lambda output, target: function(output, target.double(), reduction="none", **keys)


def pinball(quantiles):
    """Koenker and Bassett 1978 in double precision."""
    q = torch.tensor(quantiles, dtype=torch.float64)
    def each(output, target):
        errors = target.double().unsqueeze(-1) - output.double().reshape(target.shape + (len(quantiles),))
        return torch.where(errors >= 0, q * errors, (q - 1) * errors)
    return each


def gaussian(full, eps=1e-6):
    def each(output, target, reduction="none"):
        output = output.reshape(target.shape + (2,))
        return F.gaussian_nll_loss(output[..., 0], target.to(output.dtype), output[..., 1].exp(), full, eps, reduction)
    return each


def cases():
    r = torch.randn
    for shape in ((5, 1), (4, 3), (3, 2, 2)):
        yield from both("MSE", {}, nn.MSELoss(), unreduced(F.mse_loss), r(shape), r(shape))
        yield from both("MAE", {}, nn.L1Loss(), unreduced(F.l1_loss), r(shape), r(shape))
        for settings, delta in (({}, 1), ({"Delta": 0.4}, 0.4)):
            yield from both("Huber", settings, nn.HuberLoss(delta=delta), unreduced(F.huber_loss, delta=delta),
                            2 * r(shape), r(shape))

    for shape in ((5, 1), (3, 2)):
        for quantiles in ([0.5], [0.1, 0.5, 0.9]):
            each = pinball(quantiles)
            settings = {} if quantiles == [0.5] else {"Quantiles": quantiles}
            one = shape if len(quantiles) == 1 else (shape[0], 3) if shape[1] == 1 else shape + (3,)
            yield from both("Quantile", settings, lambda o, t, each=each: each(o, t).mean(), each, r(one), r(shape))
        for settings, full, eps in (({}, False, 1e-6), ({"Full": True, "Epsilon": 0.5}, True, 0.5)):
            yield from both("GaussianNLL", settings,
                            lambda o, t, full=full, eps=eps: gaussian(full, eps)(o, t, "mean"), gaussian(full, eps),
                            r((5, 2) if shape[1] == 1 else shape + (2,)), r(shape))

    counts = torch.tensor([[0.0], [3], [1], [7], [2]])
    for settings, keys in (({}, {}), ({"Full": True}, {"full": True}), ({"LogInput": False}, {"log_input": False})):
        output = r(5, 1) if keys.get("log_input", True) else torch.rand(5, 1) + 0.1
        yield from both("Poisson", settings, nn.PoissonNLLLoss(**keys), unreduced(F.poisson_nll_loss, **keys),
                        output, counts)

    shares = r(4, 5).softmax(1)
    shares[0, 2] = 0
    yield from both("KLDivergence", {}, nn.KLDivLoss(reduction="batchmean"),
                    lambda o, t: F.kl_div(o, t.double(), reduction="none").sum(1), r(4, 5).log_softmax(1), shares)
