"""The spectrum of the Hessian of a small network's mean loss, from the dense matrix in double precision."""
import torch
from torch.nn import functional as F

from golden import pack


def hessian(loss, parameters):
    first = torch.autograd.grad(loss, parameters, create_graph=True)
    flat = torch.cat([g.reshape(-1) for g in first])
    rows = [torch.cat([g.reshape(-1) for g in torch.autograd.grad(one, parameters, retain_graph=True)]) for one in flat]
    return flat.detach(), torch.stack(rows)


def cases():
    for name, layers, shape, modules, target, loss in (
            ("dense", [["Dense", {"Units": 6, "Activation": "Tanh"}], ["Dense", {"Units": 3}]], (4,),
             lambda: torch.nn.Sequential(torch.nn.Linear(4, 6), torch.nn.Tanh(), torch.nn.Linear(6, 3)),
             lambda: torch.randint(3, (20,)), F.cross_entropy),
            ("convolution",
             [["Conv2d", {"Filters": 2, "KernelSize": 3, "Activation": "Sigmoid"}], ["Flatten", {}],
              ["Dense", {"Units": 2}]], (1, 5, 5),
             lambda: torch.nn.Sequential(torch.nn.Conv2d(1, 2, 3), torch.nn.Sigmoid(), torch.nn.Flatten(),
                                         torch.nn.Linear(18, 2)),
             lambda: torch.randn(20, 2), F.mse_loss)):
        module, inputs, targets = modules(), torch.randn(20, *shape), target()
        given = [pack(p) for p in module.parameters()]
        module.double()
        wanted = targets.double() if targets.is_floating_point() else targets
        value = loss(module(inputs.double()), wanted)
        gradient, matrix = hessian(value, list(module.parameters()))
        along = torch.randn(len(gradient))
        eigenvalues = torch.linalg.eigvalsh(matrix)
        yield {"type": name, "layers": layers, "parameters": given, "inputs": pack(inputs), "targets": pack(targets),
               "loss": value.item(), "gradientNorm": gradient.norm().item(), "along": pack(along),
               "product": pack((matrix @ along.double()).float()), "trace": matrix.trace().item(),
               "eigenvalues": eigenvalues.tolist()}
