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


def run(type_, settings, module, *inputs, training=True):
    """The case of a layer: outputs, and gradients of the sum of outputs times a random tensor.

    An integer input has no gradient.
    """
    module.train(training)
    module.zero_grad()  # several cases may share a module
    parameters = {name: pack(value) for name, value in module.named_parameters()}
    buffers = {name: pack(value) for name, value in module.named_buffers()}
    inputs = [i.clone().requires_grad_() if i.is_floating_point() else i for i in inputs]
    output = module(*inputs)
    along = torch.randn_like(output)
    (output * along).sum().backward()
    gradients = {name: pack(value.grad) for name, value in module.named_parameters()}
    return {
        "type": type_, "settings": settings, "training": training,
        "inputs": [pack(i) for i in inputs], "parameters": parameters,
        "buffers": buffers, "output": pack(output), "along": pack(along),
        "inputGradients": [None if i.grad is None else pack(i.grad) for i in inputs],
        "gradients": gradients, "buffersAfter": {name: pack(value) for name, value in module.named_buffers()},
    }
