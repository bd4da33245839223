"""Natural gradient: parameters after each of several steps over one batch, from the dense Gauss-Newton matrix.

J differentiates the outputs of all samples by the parameters, H is the Hessian of the mean loss by the outputs: the
step solves (J' H J + damping I) x = g. Double precision.
"""
import torch
from torch.nn import functional as F

from golden import pack

STEPS = 4


def jacobian(output, parameters):
    return torch.stack([
        torch.cat([g.reshape(-1) for g in torch.autograd.grad(one, parameters, retain_graph=True)])
        for one in output.reshape(-1)])


def cases():
    for layers, shape, modules, classes, settings, options in (
            ([["Dense", {"Units": 5, "Activation": "Tanh"}], ["Dense", {"Units": 3}]], (4,),
             lambda: [torch.nn.Linear(4, 5), torch.nn.Tanh(), torch.nn.Linear(5, 3)], True, {}, {}),
            ([["Conv2d", {"Filters": 2, "KernelSize": 2, "Activation": "Tanh"}], ["Flatten", {}],
              ["Dense", {"Units": 2}]], (1, 3, 3),
             lambda: [torch.nn.Conv2d(1, 2, 2), torch.nn.Tanh(), torch.nn.Flatten(), torch.nn.Linear(8, 2)], False,
             {"LearningRate": 0.5, "Damping": 0.05, "KLClip": 0, "WeightDecay": 0.1},
             dict(rate=0.5, damping=0.05, clip=0, decay=0.1))):
        network = torch.nn.Sequential(*modules())
        inputs = torch.randn(12, *shape)
        targets = torch.randint(3, (12,)) if classes else torch.randn(12, 2)
        first = [pack(p) for p in network.parameters()]
        network.double()
        option = {**dict(rate=1.0, damping=1e-3, clip=1e-2, decay=0.0), **options}
        parameters = list(network.parameters())

        def loss(output):
            return F.cross_entropy(output, targets) if classes else F.mse_loss(output, targets.double())

        after = []
        for step in range(STEPS):
            output = network(inputs.double())
            slope = torch.autograd.grad(loss(output), parameters, retain_graph=True)
            gradient = torch.cat([(g + option["decay"] * p.detach()).reshape(-1) for g, p in zip(slope, parameters)])
            j = jacobian(output, parameters)
            h = torch.autograd.functional.hessian(loss, output.detach()).reshape(output.numel(), output.numel())
            fisher = j.t() @ h @ j
            direction = torch.linalg.solve(fisher + option["damping"] * torch.eye(len(fisher)), gradient)
            change = float(option["rate"] ** 2 * gradient @ direction)
            factor = min(1.0, (option["clip"] / change) ** 0.5) if option["clip"] else 1.0
            place = 0
            with torch.no_grad():
                for p in parameters:
                    p -= option["rate"] * factor * direction[place:place + p.numel()].reshape(p.shape)
                    place += p.numel()
            after.append([pack(p.float()) for p in parameters])
        yield {"type": "NaturalGradient", "layers": layers,
               "settings": {"Iterations": 200, "Tolerance": 1e-7, **settings}, "first": first,
               "inputs": pack(inputs), "targets": pack(targets), "steps": after}
