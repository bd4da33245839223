"""Networks over sequences of different lengths. Each sequence is computed alone, without padding; where PyTorch takes
padded batches (packed sequences, key padding masks), the script checks that these give the same."""
from collections import OrderedDict

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence

from golden import pack

LENGTHS = (5, 2, 7, 1, 4)


def sequences(features):
    return [torch.randn(length, features) for length in LENGTHS]


def case(layers, modules, inputs, targets, loss, alone, batch):
    """Outputs, loss and gradients. alone(x) gives the output of one sequence, batch(padded, lengths) those of all."""
    network = nn.ModuleDict(modules)
    outputs = [alone(network, x.unsqueeze(0)).squeeze(0) for x in inputs]
    together = batch(network, pad_sequence(inputs, batch_first=True), torch.tensor(LENGTHS))
    for own, row in zip(outputs, together):
        assert torch.allclose(own, row[:len(own)], atol=1e-5)
    value = loss(outputs, targets)
    value.backward()
    return {"layers": layers, "inputs": [pack(x) for x in inputs], "targets": [pack(y) for y in targets],
            "parameters": {name: pack(p) for name, p in network.named_parameters()},
            "outputs": [pack(y) for y in outputs], "loss": float(value),
            "gradients": {name: pack(p.grad) for name, p in network.named_parameters()}}


def packed(module, padded, lengths):
    inside = pack_padded_sequence(padded, lengths, batch_first=True, enforce_sorted=False)
    output, last = module(inside)
    return pad_packed_sequence(output, batch_first=True)[0], last[0] if isinstance(last, tuple) else last


def padding(lengths):
    return torch.arange(max(LENGTHS)) >= lengths.unsqueeze(1)


def encoder(width, heads, hidden):
    layer = nn.TransformerEncoderLayer(width, heads, hidden, dropout=0.0, batch_first=True)
    return nn.TransformerEncoder(layer, 1)


def cases():
    # A number for each sequence: dense layers, an LSTM in both directions, attention, the mean over time.
    def alone(network, x):
        x = network["lstm1"](torch.tanh(network["dense1"](x)))[0]
        return network["dense2"](network["transformerencoder1"](x).mean(1))

    def batch(network, x, lengths):
        x = packed(network["lstm1"], torch.tanh(network["dense1"](x)), lengths)[0]
        hidden = padding(lengths)
        network["transformerencoder1"].train()  # without torch's fast path, which changes the padding
        x = network["transformerencoder1"](x, src_key_padding_mask=hidden).masked_fill(hidden.unsqueeze(2), 0)
        return network["dense2"](x.sum(1) / lengths.unsqueeze(1))

    yield case(
        [{"type": "Dense", "Units": 4, "Activation": {"type": "Tanh"}},
         {"type": "LSTM", "Units": 3, "Bidirectional": True, "ReturnSequences": True},
         {"type": "TransformerEncoder", "Layers": 1, "Heads": 2, "FeedForward": 10, "Dropout": 0},
         {"type": "SequenceMean"},
         {"type": "Dense", "Units": 1}],
        OrderedDict(dense1=nn.Linear(2, 4), lstm1=nn.LSTM(4, 3, bidirectional=True, batch_first=True),
                    transformerencoder1=encoder(6, 2, 10), dense2=nn.Linear(6, 1)),
        sequences(2), list(torch.randn(len(LENGTHS), 1)), lambda o, t: F.mse_loss(torch.stack(o), torch.stack(t)),
        alone, batch)

    # A number at each step: stacked GRUs, dropout between that drops nothing, layer normalization.
    def steps(network, x):
        return network["dense1"](network["layernorm1"](network["gru1"](x)[0])).squeeze(2)

    yield case(
        [{"type": "GRU", "Units": 4, "Layers": 2, "ReturnSequences": True}, {"type": "LayerNorm"},
         {"type": "Dropout", "Probability": 0}, {"type": "Dense", "Units": 1},
         {"type": "Reshape", "Shape": [max(LENGTHS)]}],
        OrderedDict(gru1=nn.GRU(3, 4, num_layers=2, batch_first=True), layernorm1=nn.LayerNorm(4),
                    dense1=nn.Linear(4, 1)),
        sequences(3), [torch.randn(length) for length in LENGTHS],
        lambda o, t: F.mse_loss(torch.cat(o), torch.cat(t)), steps,
        lambda network, x, lengths: network["dense1"](network["layernorm1"](
            packed(network["gru1"], x, lengths)[0])).squeeze(2))

    # A class at each step: attention.
    def attend(network, x, hidden=None):
        y = network["multiheadattention1"](x, x, x, key_padding_mask=hidden, need_weights=False)[0]
        return network["dense1"](y)

    yield case(
        [{"type": "MultiHeadAttention", "Heads": 2}, {"type": "Dense", "Units": 3}],
        OrderedDict(multiheadattention1=nn.MultiheadAttention(4, 2, batch_first=True), dense1=nn.Linear(4, 3)),
        sequences(4), [torch.randint(3, (length,)) for length in LENGTHS],
        lambda o, t: F.cross_entropy(torch.cat(o), torch.cat(t)), attend,
        lambda network, x, lengths: attend(network, x, padding(lengths)))
