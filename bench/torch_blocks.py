"""The networks of Blocks.cs in PyTorch, with its plain training loop.

usage: torch_blocks.py {lstm,transformer,resnet18} EPOCHS [THREADS]
"""
import sys
import time

import torch
from torch import nn
import torch.nn.functional as F

STEPS, CLASSES = 20, 10


class Lstm(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm, self.head = nn.LSTM(64, 128, batch_first=True), nn.Linear(128, CLASSES)

    def forward(self, x):
        return self.head(self.lstm(x)[1][0][-1])


def transformer():
    layer = nn.TransformerEncoderLayer(128, 8, 512, batch_first=True)
    return nn.Sequential(nn.TransformerEncoder(layer, 4), nn.Flatten(), nn.Linear(64 * 128, CLASSES))


def resnet18():
    from torchvision import models
    return models.resnet18(num_classes=CLASSES)


BLOCKS = {
    "lstm": (64, (50, 64), Lstm),
    "transformer": (32, (64, 128), transformer),
    "resnet18": (32, (3, 32, 32), resnet18),
}


def main():
    name, epochs = sys.argv[1], int(sys.argv[2])
    torch.manual_seed(0)
    if len(sys.argv) > 3:
        torch.set_num_threads(int(sys.argv[3]))
    batch, shape, make = BLOCKS[name]
    x, y = torch.rand(batch * STEPS, *shape), torch.randint(CLASSES, (batch * STEPS,))
    net = make()
    optimizer = torch.optim.Adam(net.parameters())
    for epoch in range(epochs):
        start, total = time.time(), 0.0
        for index in torch.randperm(len(x)).split(batch):
            optimizer.zero_grad(set_to_none=True)
            loss = F.cross_entropy(net(x[index]), y[index])
            loss.backward()
            optimizer.step()
            total += loss.item()
        print(f"epoch {epoch + 1} {time.time() - start:.3f}s loss {total / STEPS:.4f}", flush=True)


main()
