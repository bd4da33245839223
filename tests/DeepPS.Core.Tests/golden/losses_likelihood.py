"""Outputs that are log-likelihoods."""
import torch

from losses import both


def cases():
    def each(output, target):
        return -output.reshape(len(output))

    yield from both("LogLikelihood", {}, lambda o, t: each(o, t).mean(), each, torch.randn(4, 1), torch.zeros(4, 1))
