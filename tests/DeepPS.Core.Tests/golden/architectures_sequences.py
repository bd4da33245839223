"""Architectures for sequences."""
import math

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from networks import count, run


def lengths(tokens):
    return (tokens != 0).sum(1)


def waves(time, width):
    place, feature = torch.arange(time).double()[:, None], torch.arange(width)
    angle = place / 10000 ** (2 * (feature // 2) / width)
    return torch.where(feature % 2 == 0, angle.sin(), angle.cos()).float()


class Lstm(nn.Module):
    def __init__(self, classes, vocabulary, embedding, units, depth=1, both=False):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, embedding, 0) if vocabulary else None
        self.lstm = nn.LSTM(embedding, units, depth, batch_first=True, bidirectional=both)
        self.out, self.both = nn.Linear(units * (2 if both else 1), classes), both

    def forward(self, x):
        read = pack_padded_sequence(self.embedding(x), lengths(x), True, enforce_sorted=False) if self.embedding else x
        last = self.lstm(read)[1][0]
        return self.out(torch.cat([last[-2], last[-1]], 1) if self.both else last[-1])


class Gru(nn.Module):
    def __init__(self, features, units, depth, horizon):
        super().__init__()
        self.gru, self.out = nn.GRU(features, units, depth, batch_first=True), nn.Linear(units, horizon)

    def forward(self, x):
        return self.out(self.gru(x)[1][-1])


def layer(kind, width, heads, inside):
    return kind(width, heads, inside, dropout=0.1, batch_first=True)


class Classifier(nn.Module):
    def __init__(self, classes, vocabulary, features, width, depth, heads, inside, learned=None):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, width, 0) if vocabulary else nn.Linear(features, width)
        self.places = nn.Embedding(learned, width) if learned else None
        self.layers = nn.ModuleList(layer(nn.TransformerEncoderLayer, width, heads, inside) for _ in range(depth))
        self.out, self.tokens = nn.Linear(width, classes), vocabulary is not None

    def forward(self, x):
        y = self.embedding(x)
        y = y + (waves(*y.shape[1:]) if self.places is None else self.places.weight)
        padding = x == 0 if self.tokens else None
        for one in self.layers:
            y = one(y, src_key_padding_mask=padding)
        if not self.tokens:
            return self.out(y.mean(1))
        return self.out(torch.stack([sample[~hidden].mean(0) for sample, hidden in zip(y, padding)]))


class Transformer(nn.Module):
    """Vaswani's network; one matrix holds the token vectors of both inputs and the output."""

    def __init__(self, vocabulary=37000, width=512, depth=6, heads=8, inside=2048):
        super().__init__()
        self.vectors = nn.Parameter(torch.zeros(vocabulary, width))
        self.encoder = nn.ModuleList(layer(nn.TransformerEncoderLayer, width, heads, inside) for _ in range(depth))
        self.decoder = nn.ModuleList(layer(nn.TransformerDecoderLayer, width, heads, inside) for _ in range(depth))

    def places(self, tokens):
        width = self.vectors.shape[1]
        return self.vectors[tokens] * math.sqrt(width) + waves(tokens.shape[1], width)

    def forward(self, source, target):
        x, y, padding, time = self.places(source), self.places(target), source == 0, target.shape[1]
        for one in self.encoder:
            x = one(x, src_key_padding_mask=padding)
        for one in self.decoder:
            y = one(y, x, tgt_mask=torch.ones(time, time, dtype=torch.bool).triu(1), memory_key_padding_mask=padding)
        return y @ self.vectors.t()


class LanguageModel(nn.Module):
    def __init__(self, vocabulary, width, depth, heads, inside):
        super().__init__()
        self.vectors = nn.Parameter(torch.zeros(vocabulary, width))
        self.layers = nn.ModuleList(layer(nn.TransformerEncoderLayer, width, heads, inside) for _ in range(depth))

    def forward(self, x):
        time, width = x.shape[1], self.vectors.shape[1]
        y = self.vectors[x] * math.sqrt(width) + waves(time, width)
        for one in self.layers:
            y = one(y, src_mask=torch.ones(time, time, dtype=torch.bool).triu(1))
        return y @ self.vectors.t()


class Translator(nn.Module):
    """An encoder of both directions and a decoder with attention; one matrix holds all token vectors."""

    def __init__(self, vocabulary, units, depth, additive):
        super().__init__()
        self.vectors = nn.Parameter(torch.zeros(vocabulary, units))
        self.encoder = nn.LSTM(units, units, depth, batch_first=True, bidirectional=True)
        self.decoder = nn.LSTM(units, units, depth, batch_first=True)
        self.query = nn.Linear(units, units) if additive else None
        self.memory = nn.Linear(2 * units, units, bias=False) if additive else None
        self.score = nn.Parameter(torch.zeros(*([units] if additive else [units, 2 * units])))
        self.output = nn.Linear(3 * units, units, bias=False)

    def named_parameters(self, *options, **more):
        # The attention's own weight comes after the layers of its additive score.
        own = list(super().named_parameters(*options, **more))
        score = next(pair for pair in own if pair[0] == "score")
        own.remove(score)
        own.insert(len(own) - 1, score)
        own.insert(0, own.pop(next(i for i, pair in enumerate(own) if pair[0] == "vectors")))
        return iter(own)

    def forward(self, source, target):
        read = pack_padded_sequence(self.vectors[source], lengths(source), True, enforce_sorted=False)
        memory = pad_packed_sequence(self.encoder(read)[0], True, total_length=source.shape[1])[0]
        states = self.decoder(self.vectors[target])[0]
        if self.query is None:
            scores = states @ self.score @ memory.transpose(1, 2)
        else:
            scores = (self.query(states)[:, :, None] + self.memory(memory)[:, None]).tanh() @ self.score
        weights = scores.masked_fill((source == 0)[:, None], -math.inf).softmax(-1)
        return self.output(torch.cat([weights @ memory, states], -1)).tanh() @ self.vectors.t()


def cases():
    yield run("LstmClassifier", {"Classes": 3, "Vocabulary": 20, "Length": 7, "Embedding": 6, "Units": 5},
              Lstm(3, 20, 6, 5), ((7,), 20), batch=3)
    yield run("LstmClassifier",
              {"Classes": 4, "Vocabulary": 20, "Length": 6, "Units": 8, "Depth": 2, "Bidirectional": True},
              Lstm(4, 20, 128, 8, 2, True), ((6,), 20), batch=3)
    yield run("LstmClassifier", {}, Lstm(2, None, 5, 128), (9, 5))

    yield run("GruForecaster", {}, Gru(3, 64, 1, 1), (12, 3))
    yield run("GruForecaster", {"Horizon": 6, "Units": 5, "Depth": 2, "Dropout": 0.3}, Gru(2, 5, 2, 6), (8, 2))

    small = {"Width": 8, "Depth": 2, "Heads": 2, "FeedForward": 12}
    yield run("TransformerClassifier", {"Classes": 3, "Vocabulary": 20, "Length": 7, **small},
              Classifier(3, 20, None, 8, 2, 2, 12), ((7,), 20), batch=3)
    yield run("TransformerClassifier", {"Position": "Learned", "Vocabulary": 20, "Length": 6, **small},
              Classifier(2, 20, None, 8, 2, 2, 12, 6), ((6,), 20))
    yield run("TransformerClassifier", {}, Classifier(2, None, 5, 128, 2, 4, 512), (9, 5))

    yield count("Transformer", {"Vocabulary": 37000}, Transformer(), 63_082_496)
    yield run("Transformer", {"Vocabulary": 20, "SourceLength": 7, "TargetLength": 5, **small},
              Transformer(20, 8, 2, 2, 12), ((7,), 20), ((5,), 20), batch=3)

    yield run("TransformerLM", {"Vocabulary": 20, "Length": 6, **small}, LanguageModel(20, 8, 2, 2, 12), ((6,), 20))
    sizes = {"Vocabulary": 20, "SourceLength": 7, "TargetLength": 5, "Units": 6}
    yield run("LstmSeq2Seq", sizes, Translator(20, 6, 1, False), ((7,), 20), ((5,), 20), batch=3)
    yield run("LstmSeq2Seq", {**sizes, "Depth": 2, "Score": "Additive"}, Translator(20, 6, 2, True),
              ((7,), 20), ((5,), 20), batch=3)
