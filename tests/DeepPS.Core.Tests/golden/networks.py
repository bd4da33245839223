"""Helpers for the architecture scripts: a rule gives the weights here and in the tests, so files need only outputs.

Number i of tensor k is a 32-bit hash of i and k, reduced to 24 bits and scaled to [-1, 1). A weight with two or more
axes is that number times sqrt(6 / inputs), where inputs is the product of all sizes but the first. A vector is 0.1
times the number if it is a bias, else 1 plus 0.1 times it. Running means are 0.1 times the number, running variances 1
plus 0.5 times it. Tensors are numbered: parameters in their order, then buffers; inputs from 1,000,000. A token is 1
plus the hash modulo (vocabulary - 1). The second sample ends with one 0 for padding, the third with two, and so on.
"""
import math

import numpy as np
import torch

FIRST_INPUT = 1_000_000


def hashes(tensor, count):
    x = np.arange(count, dtype=np.uint32) * np.uint32(0x9E3779B1) + np.uint32(tensor * 0x85EBCA77 & 0xFFFFFFFF)
    x ^= x >> np.uint32(16)
    x *= np.uint32(0x85EBCA6B)
    x ^= x >> np.uint32(13)
    x *= np.uint32(0xC2B2AE35)
    x ^= x >> np.uint32(16)
    return x


def numbers(tensor, shape):
    count = int(np.prod(shape, dtype=np.int64))
    values = (hashes(tensor, count) >> np.uint32(8)).astype(np.float32) * np.float32(2.0 ** -23) - np.float32(1)
    return torch.from_numpy(values.reshape(shape))


def tokens(tensor, shape, vocabulary):
    ids = hashes(tensor, int(np.prod(shape))) % np.uint32(vocabulary - 1)
    values = torch.from_numpy(ids.astype(np.int64).reshape(shape)) + 1
    for sample in range(1, shape[0]):
        values[sample, -sample:] = 0
    return values


def fill(module):
    with torch.no_grad():
        number = 0
        for name, value in module.named_parameters():
            u = numbers(number, value.shape)
            if value.dim() > 1:
                value.copy_(u * np.float32(math.sqrt(6 / (value.numel() // value.shape[0]))))
            elif "bias" in name.rsplit(".")[-1]:
                value.copy_(u * np.float32(0.1))
            else:
                value.copy_(1 + u * np.float32(0.1))
            number += 1
        for name, value in module.named_buffers():
            if name.endswith("running_mean"):
                value.copy_(numbers(number, value.shape) * np.float32(0.1))
            elif name.endswith("running_var"):
                value.copy_(1 + numbers(number, value.shape) * np.float32(0.5))
            number += 1


def few(output):
    """The sizes of an output, its norm, and a sample of its numbers."""
    values = output.detach().double().flatten()
    step = max(1, len(values) // 24)
    return {"shape": list(output.shape), "norm": float(values.norm()),
            "values": [float(str(np.float32(value))) for value in values[::step]]}


def size(module):
    return sum(value.numel() for value in module.parameters())


def count(type_, settings, module, published=None):
    """A case that compares only the number of parameters."""
    assert published is None or size(module) == published, (type_, size(module), published)
    return {"type": type_, "settings": settings, "count": size(module),
            "parameters": None, "inputs": None, "outputs": None}


def run(type_, settings, module, *inputs, batch=2, training=False, published=None, heads=(), spread=1e-2):
    """A case that compares sizes and outputs.

    inputs: the shape of one sample of each input, or a pair of a shape and a vocabulary size.
    heads: the modules that give the further outputs.
    spread: the smallest allowed difference between the outputs of two samples, relative to the largest number: it makes
        sure that early layers affect the outputs.
    """
    case = count(type_, settings, module, published)
    fill(module)
    module.train(training)
    given, outputs = [], []
    inputs = [(input_, None) if isinstance(input_[0], int) else input_ for input_ in inputs]
    for number, (shape, vocabulary) in enumerate(inputs, FIRST_INPUT):
        sizes = (batch, *shape)
        given.append(numbers(number, sizes) if vocabulary is None else tokens(number, sizes, vocabulary))
    for head in heads:
        head.register_forward_hook(lambda _, __, output: outputs.append(output))
    with torch.no_grad():
        output = module(*given)
    outputs.insert(0, output if isinstance(output, torch.Tensor) else output[0])
    for value in outputs:
        apart = (value[0] - value[1]).abs().max() / value.abs().max()
        assert torch.isfinite(value).all() and apart > spread, (type_, "the output hardly depends on the input", apart)
    return {
        **case,
        "parameters": ["x".join(map(str, value.shape)) for value in module.parameters()],
        "batch": batch, "training": training,
        "inputs": [{"shape": list(shape), "vocabulary": vocabulary} for shape, vocabulary in inputs],
        "outputs": [few(value) for value in outputs],
    }
