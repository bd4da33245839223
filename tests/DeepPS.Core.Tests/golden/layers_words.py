"""Negative sampling: the noise always draws one word, so that the draws are known."""
import torch
from torch import nn
from torch.nn import functional as F

from golden import run


class NegativeSampling(nn.Module):
    def __init__(self, tokens, features, negatives, drawn):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(tokens, features))
        self.register_buffer("noise", torch.eye(tokens)[drawn])
        self.negatives, self.drawn = negatives, drawn

    def forward(self, vector, ids):
        vector = vector.reshape(len(vector), -1)
        own = F.logsigmoid((self.weight[ids] * vector[:, None]).sum(2))
        others = F.logsigmoid(-(vector @ self.weight[self.drawn]))[:, None] * self.negatives * (ids != self.drawn)
        return ((own + others) * (ids != 0)).sum(1, keepdim=True)


def cases():
    ids = torch.tensor([[2, 4, 0], [3, 0, 0], [1, 4, 3]])
    for negatives, training in ((1, True), (5, False)):
        yield run("NegativeSampling", {"Tokens": 6, "Negatives": negatives}, NegativeSampling(6, 4, negatives, 3),
                  torch.randn(3, 4), ids, training=training)
    yield run("NegativeSampling", {"Tokens": 5, "Negatives": 2}, NegativeSampling(5, 3, 2, 4), torch.randn(2, 1, 3),
              torch.tensor([[2], [4]]))
