"""Layers over trees. PyTorch computes them by recursion, node by node, one tree after the other."""
import torch
from torch import nn

from golden import run

# Trees by the parent of each node, in the order of levels: of one node, a chain, with children in the middle, wide.
TREES = [-1], [-1, 0, 1, 2], [-1, 0, 0, 1, 1, 3, 3], [-1, 0, 0, 1, 2, 2]
WIDE = [-1, 0, 0, 0, 1, 1, 3], [-1, 0, 0], [-1, 0, 1, 1, 1]


def places(trees):
    """(trees, nodes, 3): parent, place among its children, level; -1 for padding."""
    packed = torch.full((len(trees), max(map(len, trees)) + 1, 3), -1, dtype=torch.int64)
    for i, parents in enumerate(trees):
        for node, parent in enumerate(parents):
            level = 0 if parent < 0 else packed[i, parent, 2] + 1
            slot = 0 if parent < 0 else parents[:node].count(parent)
            packed[i, node] = torch.tensor([parent, slot, level])
    return packed


class Trees(nn.Module):
    """The states of the roots, or of all nodes."""

    def __init__(self, nodes=False):
        super().__init__()
        self.nodes = nodes

    def weight(self, name, *sizes):
        self.register_parameter(name, nn.Parameter(torch.randn(sizes) / 2))

    def forward(self, x, places):
        output = torch.zeros(*places.shape[:2], self.units)
        for i, tree in enumerate(places.tolist()):
            children = [[n for n, (parent, *_) in enumerate(tree) if parent == node] for node in range(len(tree))]
            states = {}

            def visit(node):
                below = [visit(child) for child in children[node]]
                states[node] = self.node(x[i, node], below)
                return states[node]

            visit(0)
            output[i] = torch.stack([self.output(states[n]) if n in states else torch.zeros(self.units)
                                     for n in range(len(tree))])
        return output if self.nodes else output[:, 0]

    def output(self, state):
        return state


class TreeLSTM(Trees):
    def __init__(self, features, units, slots=0, nodes=False):
        super().__init__(nodes)
        self.units, self.slots = units, slots
        self.weight("weight_x", 4 * units, features)
        self.weight("bias", 4 * units)
        self.weight("weight_iou", 3 * units, max(slots, 1) * units)
        self.weight("weight_f", max(slots, 1) * units, max(slots, 1) * units)

    def output(self, state):
        return state[0]

    def node(self, x, children):
        units = self.units
        gates = self.weight_x @ x + self.bias
        iou, f = gates[:3 * units], gates[3 * units:]
        if self.slots == 0:
            iou = iou + self.weight_iou @ sum((h for h, _ in children), torch.zeros(units))
            kept = sum((torch.sigmoid(f + self.weight_f @ h) * c for h, c in children), torch.zeros(units))
        else:
            states = [h for h, _ in children] + [torch.zeros(units)] * (self.slots - len(children))
            iou = iou + self.weight_iou @ torch.cat(states)
            forgets = (self.weight_f @ torch.cat(states)).split(units)
            kept = sum((torch.sigmoid(f + forget) * c for forget, (_, c) in zip(forgets, children)),
                       torch.zeros(units))
        i, o, u = iou.split(units)
        c = torch.sigmoid(i) * torch.tanh(u) + kept
        return torch.sigmoid(o) * torch.tanh(c), c


class RecursiveTree(Trees):
    def __init__(self, features, units, slots=2, nodes=False, activation=torch.tanh, gated=False):
        super().__init__(nodes)
        self.units, self.slots, self.activation, self.gated = units, slots, activation, gated
        parts = max(slots, 1) + 1
        shapes = [("x", units, features), ("h", units, parts * units)]
        if gated:
            shapes += [("r", parts * units, parts * units), ("z", (parts + 1) * units, (parts + 1) * units)]
        for name, rows, columns in shapes:
            self.weight(f"weight_{name}", rows, columns)
            self.weight(f"bias_{name}", rows)

    def node(self, x, children):
        u = self.activation(self.weight_x @ x + self.bias_x)
        if not children:
            return u
        states = [sum(children)] if self.slots == 0 else \
            children + [torch.zeros(self.units)] * (self.slots - len(children))
        z = torch.cat([*states, u])
        if not self.gated:
            return self.activation(self.weight_h @ z + self.bias_h)
        h = self.activation(self.weight_h @ (torch.sigmoid(self.weight_r @ z + self.bias_r) * z) + self.bias_h)
        parts = torch.cat([h, z])
        weights = (self.weight_z @ parts + self.bias_z).view(-1, self.units).softmax(0)
        return (weights * parts.view(-1, self.units)).sum(0)


def cases():
    r = torch.randn
    binary, wide = places(TREES), places(WIDE)
    small, large = (len(binary), binary.shape[1], 3), (len(wide), wide.shape[1], 3)
    yield run("TreeLSTM", {"Units": 2}, TreeLSTM(3, 2), r(large), wide)
    yield run("TreeLSTM", {"Units": 2, "ReturnNodes": True}, TreeLSTM(3, 2, nodes=True), r(small), binary)
    yield run("TreeLSTM", {"Units": 2, "Children": 2}, TreeLSTM(3, 2, 2), r(small), binary)
    yield run("TreeLSTM", {"Units": 2, "Children": 3, "ReturnNodes": True}, TreeLSTM(3, 2, 3, True), r(large), wide)
    yield run("RecursiveTree", {"Units": 2}, RecursiveTree(3, 2), r(small), binary)
    yield run("RecursiveTree", {"Units": 2, "Children": 3, "Activation": "ReLU", "ReturnNodes": True},
              RecursiveTree(3, 2, 3, True, torch.relu), r(large), wide)
    yield run("RecursiveTree", {"Units": 2, "Children": 0}, RecursiveTree(3, 2, 0), r(large), wide)
    yield run("RecursiveTree", {"Units": 2, "Gated": True}, RecursiveTree(3, 2, gated=True), r(small), binary)
    yield run("RecursiveTree", {"Units": 2, "Children": 0, "Gated": True, "ReturnNodes": True},
              RecursiveTree(3, 2, 0, True, gated=True), r(large), wide)
