"""The peer of trees.ps1: prints nodes a second of PyTorch that trains the same network node by node.

Usage: torch_trees.py FILE        with a tree in JSON in each line; the first 128 are used
"""
import json
import sys
import time

import torch
from torch import nn

UNITS, BATCH, VALUES = 32, 64, ("Pt", "Eta", "Phi", "Mass", "Angle", "Share")


class TreeLSTM(nn.Module):
    def __init__(self):
        super().__init__()
        self.x = nn.Linear(len(VALUES), 4 * UNITS)
        self.iou = nn.Linear(2 * UNITS, 3 * UNITS, bias=False)
        self.forget = nn.Linear(2 * UNITS, 2 * UNITS, bias=False)
        self.output = nn.Linear(UNITS, 2)

    def node(self, tree):
        iou, f = self.x(tree["x"]).split([3 * UNITS, UNITS])
        kept = 0
        if tree.get("Children"):
            states, cells = zip(*map(self.node, tree["Children"]))
            children = torch.cat(states)
            iou = iou + self.iou(children)
            kept = (torch.sigmoid(f.repeat(2) + self.forget(children)) * torch.cat(cells)).view(2, UNITS).sum(0)
        i, o, u = iou.split(UNITS)
        cell = torch.sigmoid(i) * torch.tanh(u) + kept
        return torch.sigmoid(o) * torch.tanh(cell), cell

    def forward(self, trees):
        return self.output(torch.stack([self.node(tree)[0] for tree in trees]))


def prepare(tree):
    """Gives each node its tensor, and counts the nodes."""
    tree["x"] = torch.tensor([tree[name] for name in VALUES]) / 10
    return 1 + sum(map(prepare, tree.get("Children", [])))


sys.setrecursionlimit(10000)
with open(sys.argv[1]) as file:
    trees = [json.loads(line) for line in file][:2 * BATCH]
nodes = sum(map(prepare, trees))
model, loss = TreeLSTM(), nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters())
start = time.perf_counter()
for first in range(0, len(trees), BATCH):
    batch = trees[first:first + BATCH]
    optimizer.zero_grad()
    loss(model(batch), torch.arange(len(batch)) % 2).backward()
    optimizer.step()
print(nodes / (time.perf_counter() - start))
