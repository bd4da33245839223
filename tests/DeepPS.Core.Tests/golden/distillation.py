"""A student's loss with teachers, and its gradients: probabilities at a temperature, numbers, hints."""
import torch
from torch import nn
from torch.nn import functional as f

from golden import pack

SAMPLES, INPUTS = 6, 3


def network(outputs):
    return nn.Sequential(nn.Linear(INPUTS, 4), nn.Tanh(), nn.Linear(4, outputs))


def cases():
    for what, outputs, teachers, temperature, weight, hint in (
            ("classes", 3, 1, 4.0, 0.9, None),
            ("several teachers", 3, 2, 2.0, 0.5, None),
            ("numbers", 1, 1, 1.0, 0.7, None),
            ("hint of the same shape", 3, 1, 3.0, 0.9, 4),
            ("hint with a regressor", 3, 1, 3.0, 0.9, 6)):
        x = torch.randn(SAMPLES, INPUTS)
        y = torch.randint(0, outputs, (SAMPLES,)) if outputs > 1 else torch.randn(SAMPLES, 1)
        student = network(outputs)
        masters = [network(outputs) if hint in (None, 4) else
                   nn.Sequential(nn.Linear(INPUTS, hint), nn.Tanh(), nn.Linear(hint, outputs)) for _ in range(teachers)]
        for master in masters:
            with torch.no_grad():
                for p in master.parameters():
                    p.mul_(3)
        regressor = nn.Linear(4, hint) if hint == 6 else None
        hidden = student[1](student[0](x))
        out = student[2](hidden)
        with torch.no_grad():
            taught = [m(x) for m in masters]
        if outputs > 1:
            own = f.cross_entropy(out, y)
            mean = torch.stack([(t / temperature).softmax(1) for t in taught]).mean(0)
            distance = f.kl_div((out / temperature).log_softmax(1), mean, reduction="batchmean") * temperature ** 2
        else:
            own = f.mse_loss(out, y)
            distance = f.mse_loss(out, taught[0])
        total = (1 - weight) * own + weight * distance
        if hint is not None:
            with torch.no_grad():
                known = masters[0][1](masters[0][0](x))
            total = total + 0.5 * f.mse_loss(hidden if regressor is None else regressor(hidden), known)
        total.backward()
        yield {"type": what, "settings": {}, "temperature": temperature, "weight": weight, "hint": hint,
               "outputs": outputs, "inputs": pack(x), "targets": pack(y),
               "student": [pack(p) for p in student.parameters()],
               "teachers": [[pack(p) for p in m.parameters()] for m in masters],
               "regressor": None if regressor is None else [pack(p) for p in regressor.parameters()],
               "own": own.item(), "total": total.item(), "gradients": [pack(p.grad) for p in student.parameters()],
               "regressorGradients": None if regressor is None else [pack(p.grad) for p in regressor.parameters()]}
