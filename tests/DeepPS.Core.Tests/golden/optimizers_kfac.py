"""KFAC: factors and parameters after each of several steps over one batch, by the formulas of the papers.

The gradients in G are those of the loss itself (the empirical Fisher matrix), so that no random numbers are drawn.
Double precision.
"""
import torch
from torch.nn import functional as F

from golden import pack

STEPS = 5


class Block:
    def __init__(self, module):
        self.module, self.count, self.velocity = module, 0, 0.0
        module.register_forward_hook(self.forward)

    def forward(self, module, inputs, output):
        x = inputs[0].detach()
        if isinstance(module, torch.nn.Conv2d):
            x = F.unfold(x, module.kernel_size, module.dilation, module.padding, module.stride).transpose(1, 2)
        else:
            x = x.reshape(len(x), -1, x.shape[-1])
        self.places, self.inputs = x.shape[1], x.reshape(-1, x.shape[2])
        output.register_hook(self.backward)

    def backward(self, gradient):
        self.gradient = gradient

    def update(self, kept):
        samples = len(self.gradient)
        a = torch.cat([self.inputs, torch.ones(len(self.inputs), 1, dtype=torch.float64)], 1)
        g = self.gradient * samples
        g = g.flatten(2).transpose(1, 2).reshape(-1, g.shape[1]) if g.dim() == 4 else g.reshape(-1, g.shape[-1])
        a, g = a.t() @ a / samples, g.t() @ g / samples / self.places
        self.count += 1
        kept = min(1 - 1 / self.count, kept)
        self.a = a if self.count == 1 else kept * self.a + (1 - kept) * a
        self.g = g if self.count == 1 else kept * self.g + (1 - kept) * g

    def invert(self, damping):
        ratio = ((self.a.trace() / len(self.a)) / (self.g.trace() / len(self.g))).sqrt()
        self.a_inverse = torch.inverse(self.a + ratio * damping ** 0.5 * torch.eye(len(self.a)))
        self.g_inverse = torch.inverse(self.g + damping ** 0.5 / ratio * torch.eye(len(self.g)))

    def direction(self, decay):
        m = self.module
        self.v = torch.cat([(p.grad + decay * p.detach()).reshape(len(p), -1) for p in (m.weight, m.bias)], 1)
        return self.g_inverse @ self.v @ self.a_inverse

    @torch.no_grad()
    def move(self, direction, momentum, rate):
        self.velocity = momentum * self.velocity + direction
        self.module.weight -= rate * self.velocity[:, :-1].reshape(self.module.weight.shape)
        self.module.bias -= rate * self.velocity[:, -1]


def cases():
    for type_, layers, shape, modules, classes, settings, options in (
            ("dense", [["Dense", {"Units": 6, "Activation": "Tanh"}], ["Dense", {"Units": 5, "Activation": "Tanh"}],
                       ["Dense", {"Units": 3}]], (4,),
             lambda: [torch.nn.Linear(4, 6), torch.nn.Tanh(), torch.nn.Linear(6, 5), torch.nn.Tanh(),
                      torch.nn.Linear(5, 3)], True, {}, {}),
            ("dense", [["Dense", {"Units": 4, "Activation": "Tanh"}], ["Dense", {"Units": 2}]], (3,),
             lambda: [torch.nn.Linear(3, 4), torch.nn.Tanh(), torch.nn.Linear(4, 2)], False,
             {"LearningRate": 0.5, "Momentum": 0.5, "Damping": 0.1, "FactorDecay": 0.7, "InverseEvery": 2, "KLClip": 0,
              "WeightDecay": 0.05},
             dict(rate=0.5, momentum=0.5, damping=0.1, kept=0.7, every=2, clip=0, decay=0.05)),
            ("convolution", [["Conv2d", {"Filters": 2, "KernelSize": 3, "Stride": 2, "Padding": 1,
                                         "Activation": "Tanh"}], ["Flatten", {}], ["Dense", {"Units": 2}]], (1, 6, 5),
             lambda: [torch.nn.Conv2d(1, 2, 3, stride=2, padding=1), torch.nn.Tanh(), torch.nn.Flatten(),
                      torch.nn.Linear(18, 2)], False, {"InverseEvery": 3}, dict(every=3))):
        network = torch.nn.Sequential(*modules())
        inputs = torch.randn(12, *shape)
        targets = torch.randint(3, (12,)) if classes else torch.randn(12, 2)
        first = [pack(p) for p in network.parameters()]
        network.double()
        option = {**dict(rate=0.1, momentum=0.9, damping=1e-2, kept=0.95, every=10, clip=1e-3, decay=0), **options}
        blocks = [Block(m) for m in network if hasattr(m, "weight")]
        after = []
        for step in range(STEPS):
            network.zero_grad()
            output = network(inputs.double())
            (F.cross_entropy(output, targets) if classes else F.mse_loss(output, targets.double())).backward()
            for block in blocks:
                block.update(option["kept"])
                if step % option["every"] == 0:
                    block.invert(option["damping"])
            directions = [block.direction(option["decay"]) for block in blocks]
            change = option["rate"] ** 2 * sum((d * b.v).sum() for d, b in zip(directions, blocks))
            factor = min(1.0, float((option["clip"] / change).sqrt())) if option["clip"] else 1.0
            for block, direction in zip(blocks, directions):
                block.move(factor * direction, option["momentum"], option["rate"])
            after.append({"parameters": [pack(p.float()) for p in network.parameters()],
                          "A": [pack(b.a.float()) for b in blocks], "G": [pack(b.g.float()) for b in blocks]})
        yield {"type": "KFAC", "network": type_, "layers": layers,
               "settings": {"Fisher": "Empirical", **settings}, "first": first,
               "inputs": pack(inputs), "targets": pack(targets), "steps": after}
