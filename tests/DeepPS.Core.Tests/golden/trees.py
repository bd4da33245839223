"""Gradients of gradients of tree layers: those of |d (output . along) / d inputs|^2 by the parameters."""
import torch

from golden import pack
from layers_trees import TREES, WIDE, RecursiveTree, TreeLSTM, places


def run(type_, settings, module, x, tree):
    along = torch.randn_like(module(x, tree))
    x.requires_grad_()
    (first,) = torch.autograd.grad((module(x, tree) * along).sum(), x, create_graph=True)
    second = torch.autograd.grad(first.square().sum(), list(module.parameters()))
    names = [name for name, _ in module.named_parameters()]
    return {
        "type": type_, "settings": settings, "inputs": [pack(x), pack(tree)], "along": pack(along),
        "parameters": {name: pack(value) for name, value in module.named_parameters()},
        "first": pack(first), "second": {name: pack(value) for name, value in zip(names, second)},
    }


def cases():
    binary, wide = places(TREES), places(WIDE)
    small, large = torch.randn(len(binary), binary.shape[1], 3), torch.randn(len(wide), wide.shape[1], 3)
    yield run("TreeLSTM", {"Units": 2}, TreeLSTM(3, 2), large, wide)
    yield run("TreeLSTM", {"Units": 2, "Children": 2}, TreeLSTM(3, 2, 2), small, binary)
    yield run("RecursiveTree", {"Units": 2}, RecursiveTree(3, 2), small.detach(), binary)
    yield run("RecursiveTree", {"Units": 2, "Gated": True}, RecursiveTree(3, 2, gated=True), small.detach(), binary)
