"""Token ids to vectors."""
import torch
from torch import nn

from golden import run


class OfFloats(nn.Embedding):
    """Accepts ids as floating-point numbers, as a file of numbers has them."""

    def forward(self, x):
        return super().forward(x.long())


def cases():
    ids = torch.tensor([[3, 0, 1], [2, 3, 3]])
    yield run("Embedding", {"Tokens": 4, "Features": 3}, nn.Embedding(4, 3), ids)
    yield run("Embedding", {"Tokens": 4, "Features": 2, "PaddingIndex": 0}, nn.Embedding(4, 2, padding_idx=0), ids)
    table = torch.randn(5, 2)
    yield run("Embedding", {"Tokens": 5, "Features": 2, "PaddingIndex": 3, "Weights": table.tolist()},
              nn.Embedding.from_pretrained(table, freeze=False, padding_idx=3), ids.reshape(2, 3, 1))
    yield run("Embedding", {"Tokens": 4, "Features": 3}, OfFloats(4, 3), ids.float())
    yield run("Embedding", {"Tokens": 4, "Features": 3}, nn.Embedding(4, 3), torch.tensor([2, 2, 1]))
