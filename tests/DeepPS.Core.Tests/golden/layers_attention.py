"""Attention, and transformer layers."""
import math

import torch
from torch import nn

from golden import run


def scattered(module):
    """The module with random biases, and random scales and shifts of its norms."""
    with torch.no_grad():
        for parameter in module.parameters():
            if parameter.dim() == 1:
                parameter.uniform_(0.5, 1.5)
    return module


def order(causal, queries, keys):
    return torch.ones(queries, keys, dtype=torch.bool).triu(1) if causal else None


class Attention(nn.MultiheadAttention):
    def __init__(self, *sizes, causal=False, **settings):
        super().__init__(*sizes, batch_first=True, **settings)
        self.causal = causal

    def forward(self, query, *more):
        memory = more[0] if more and more[0].dim() == 3 else query
        padding = more[-1] == 0 if more and more[-1].dim() == 2 else None
        return super().forward(query, memory, memory, key_padding_mask=padding, need_weights=False,
                               attn_mask=order(self.causal, query.shape[1], memory.shape[1]))[0]


class Encoder(nn.TransformerEncoder):
    def __init__(self, layers, *sizes, causal=False, **settings):
        layer = nn.TransformerEncoderLayer(*sizes, batch_first=True, **settings)
        super().__init__(layer, layers, enable_nested_tensor=False)
        self.causal = causal

    def forward(self, x, mask=None):
        return super().forward(x, order(self.causal, x.shape[1], x.shape[1]), None if mask is None else mask == 0)


class Decoder(nn.TransformerDecoder):
    def __init__(self, layers, *sizes, causal=True, **settings):
        super().__init__(nn.TransformerDecoderLayer(*sizes, batch_first=True, **settings), layers)
        self.causal = causal

    def forward(self, x, memory, mask=None):
        return super().forward(x, memory, order(self.causal, x.shape[1], x.shape[1]),
                               memory_key_padding_mask=None if mask is None else mask == 0)


class Luong(nn.Module):
    """Luong, Pham and Manning (2015); additive scores of Bahdanau, Cho and Bengio (2015)."""

    def __init__(self, features, width, score):
        super().__init__()
        self.kind = score
        if score == "Additive":
            self.query, self.memory = nn.Linear(features, features), nn.Linear(width, features, bias=False)
        if score != "Dot":
            self.score = nn.Module()
            self.score.weight = nn.Parameter(torch.randn(*([features, width] if score == "General" else [features])))
        self.output = nn.Linear(width + features, features, bias=False)

    def scores(self, states, memory):
        if self.kind == "Dot":
            return torch.einsum("nqf,nkf->nqk", states, memory)
        if self.kind == "General":
            return torch.einsum("nqf,fw,nkw->nqk", states, self.score.weight, memory)
        return (self.query(states)[:, :, None] + self.memory(memory)[:, None]).tanh() @ self.score.weight

    def forward(self, states, memory, mask=None):
        scores = self.scores(states, memory)
        if mask is not None:
            scores = scores.masked_fill((mask == 0)[:, None], -math.inf)
        seen = torch.einsum("nqk,nkw->nqw", scores.softmax(-1), memory)
        return self.output(torch.cat([seen, states], -1)).tanh()


class Logits(nn.Module):
    def __init__(self, features, tokens):
        super().__init__()
        self.weight, self.bias = nn.Linear(features, tokens).parameters()

    def forward(self, x, ids):
        return x @ self.weight.t() + self.bias


class Waves(nn.Module):
    """The formula of the paper in double precision."""

    def __init__(self, time, features):
        super().__init__()
        encoding = torch.zeros(time, features, dtype=torch.float64)
        for t in range(time):
            for i in range(0, features, 2):
                encoding[t, i] = math.sin(t / 10000 ** (i / features))
                if i + 1 < features:
                    encoding[t, i + 1] = math.cos(t / 10000 ** (i / features))
        self.register_buffer("encoding", encoding.float())

    def forward(self, x):
        return x + self.encoding


class Places(nn.Module):
    def __init__(self, time, features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(time, features))

    def forward(self, x):
        return x + self.weight


def cases():
    r = torch.randn
    mask = torch.tensor([[5, 3, 1, 2], [1, 4, 0, 0]])
    yield run("MultiHeadAttention", {"Heads": 2}, scattered(Attention(4, 2)), r(2, 3, 4))
    yield run("MultiHeadAttention", {"Heads": 1, "Bias": False}, scattered(Attention(3, 1, bias=False)), r(2, 3, 3))
    yield run("MultiHeadAttention", {"Heads": 2, "Causal": True}, scattered(Attention(4, 2, causal=True)), r(2, 3, 4))
    yield run("MultiHeadAttention", {"Heads": 2, "Dropout": 0.5},
              scattered(Attention(4, 2, 0.5)), r(2, 4, 4), mask, training=False)
    yield run("MultiHeadAttention", {"Heads": 2, "Causal": True},
              scattered(Attention(4, 2, causal=True)), r(2, 4, 4), mask)
    yield run("MultiHeadAttention", {"Heads": 2}, scattered(Attention(4, 2)), r(2, 3, 4), r(2, 4, 4))
    yield run("MultiHeadAttention", {"Heads": 2, "Bias": False},
              scattered(Attention(4, 2, bias=False)), r(2, 3, 4), r(2, 4, 4), mask)
    yield run("MultiHeadAttention", {"Heads": 2},
              scattered(Attention(4, 2, kdim=3, vdim=3)), r(2, 3, 4), r(2, 4, 3), mask)
    yield run("MultiHeadAttention", {"Heads": 2, "Bias": False},
              scattered(Attention(4, 2, kdim=3, vdim=3, bias=False)), r(2, 3, 4), r(2, 4, 3))

    plain = {"Layers": 2, "Heads": 2, "FeedForward": 3, "Dropout": 0}
    yield run("TransformerEncoder", plain, scattered(Encoder(2, 4, 2, 3, 0.0)), r(2, 3, 4))
    yield run("TransformerEncoder", {"Layers": 2, "Heads": 2, "FeedForward": 3},
              scattered(Encoder(2, 4, 2, 3)), r(2, 4, 4), mask, training=False)
    yield run("TransformerEncoder", {**plain, "NormFirst": True, "Activation": {"type": "GELU"}},
              scattered(Encoder(2, 4, 2, 3, 0.0, "gelu", norm_first=True)), r(2, 4, 4), mask)
    yield run("TransformerEncoder", {**plain, "Causal": True},
              scattered(Encoder(2, 4, 2, 3, 0.0, causal=True)), r(2, 4, 4), mask)
    yield run("TransformerDecoder", plain, scattered(Decoder(2, 4, 2, 3, 0.0)), r(2, 3, 4), r(2, 4, 4))
    yield run("TransformerDecoder", {**plain, "Causal": False}, scattered(Decoder(2, 4, 2, 3, 0.0, causal=False)),
              r(2, 3, 4), r(2, 4, 4), mask)
    yield run("TransformerDecoder",
              {"Layers": 1, "Heads": 4, "FeedForward": 3, "NormFirst": True, "Activation": {"type": "GELU"}},
              scattered(Decoder(1, 4, 4, 3, activation="gelu", norm_first=True)),
              r(2, 3, 4), r(2, 4, 4), mask, training=False)

    yield run("PositionalEncoding", {}, Waves(5, 6), r(2, 5, 6))
    yield run("PositionalEncoding", {}, Waves(4, 3), r(2, 4, 3))
    yield run("PositionalEncoding", {"Kind": "Learned"}, Places(4, 3), r(2, 4, 3))

    yield run("LuongAttention", {}, Luong(3, 5, "General"), r(2, 3, 3), r(2, 4, 5), mask)
    yield run("LuongAttention", {"Score": "Dot"}, Luong(4, 4, "Dot"), r(2, 3, 4), r(2, 2, 4))
    yield run("LuongAttention", {"Score": "Additive"}, Luong(3, 5, "Additive"), r(2, 2, 3), r(2, 4, 5), mask)
    yield run("TokenLogits", {"Tokens": 7}, Logits(3, 7), r(2, 4, 3), mask)
