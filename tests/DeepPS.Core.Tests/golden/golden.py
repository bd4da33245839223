"""Helpers of the golden scripts: packing tensors, running a layer forward and backward."""
import numpy as np
import torch


def pack(tensor):
    values = tensor.detach().numpy().ravel()
    if values.dtype == np.float32:
        data = [float(str(value)) for value in values]
    else:
        data = [int(value) for value in values]
    return {"shape": list(tensor.shape), "data": data}


def second(total, variables):
    """Gradients of the sum of squares of a number's gradients by some tensors, by the same tensors.

    None where PyTorch cannot differentiate twice.
    """
    if not variables or not total.requires_grad:
        return None
    first = torch.autograd.grad(total, variables, create_graph=True, allow_unused=True)
    squares = sum(gradient.square().sum() for gradient in first if gradient is not None)
    if not squares.requires_grad:
        return [pack(torch.zeros_like(variable)) for variable in variables]
    try:
        twice = torch.autograd.grad(squares, variables, allow_unused=True)
    except RuntimeError as error:
        print("no second gradients:", error)
        return None
    # torch's zeros without storage read as anything in numpy: they are added to some.
    return [pack(torch.zeros_like(v) if g is None else torch.zeros_like(v) + g) for v, g in zip(variables, twice)]


def packed(tensors):
    return {name: pack(tensor) for name, tensor in tensors.items()}


def load(module, buffers):
    with torch.no_grad():
        for name, value in module.named_buffers():
            value.copy_(buffers[name])


def run(type_, settings, module, *inputs, training=True):
    """The case of a layer: outputs, and first and second gradients of the sum of outputs times a random tensor.

    An integer input has no gradient.
    """
    module.train(training)
    module.zero_grad()  # several cases may share a module
    parameters = packed(dict(module.named_parameters()))
    before = {name: value.clone() for name, value in module.named_buffers()}
    inputs = [i.clone().requires_grad_() if i.is_floating_point() else i for i in inputs]
    output = module(*inputs)
    along = torch.randn_like(output)
    (output * along).sum().backward()
    gradients = {name: pack(value.grad) for name, value in module.named_parameters()}
    after = {name: value.clone() for name, value in module.named_buffers()}
    load(module, before)
    own = dict(module.named_parameters())
    variables = [i for i in inputs if i.requires_grad] + list(own.values())
    twice = second((module(*inputs) * along).sum(), variables)
    if twice:
        first = len(variables) - len(own)
        twice = {"inputs": twice[:first], "parameters": dict(zip(own, twice[first:]))}
    load(module, after)
    return {
        "type": type_, "settings": settings, "training": training,
        "inputs": [pack(i) for i in inputs], "parameters": parameters,
        "buffers": packed(before), "output": pack(output), "along": pack(along),
        "inputGradients": [None if i.grad is None else pack(i.grad) for i in inputs],
        "gradients": gradients, "second": twice, "buffersAfter": packed(after),
    }
