"""Regularizers: penalties and their gradients, by the formulas in double precision."""
import torch

from golden import pack


def cases():
    weight = torch.randn(4, 3)
    weight[0, 1] = 0
    activity = torch.rand(5, 2, 3)

    def l1(x, factor=0.01):
        return factor * x.abs().sum()

    def l2(x, factor=0.01):
        return factor * (x ** 2).sum()

    def sparsity(x, rho=0.05, beta=3.0):
        mean = x.mean(0)
        return beta * (rho * torch.log(rho / mean) + (1 - rho) * torch.log((1 - rho) / (1 - mean))).sum()

    for type_, settings, formula in (
            ("L1", {}, l1), ("L1", {"Lambda": 0.3}, lambda x: l1(x, 0.3)),
            ("L2", {}, l2), ("L2", {"Lambda": 0.3}, lambda x: l2(x, 0.3)),
            ("L1L2", {}, lambda x: l1(x) + l2(x)),
            ("L1L2", {"Lambda1": 0.2, "Lambda2": 0.4}, lambda x: l1(x, 0.2) + l2(x, 0.4)),
            ("KLSparsity", {}, sparsity), ("KLSparsity", {"Rho": 0.2, "Beta": 0.5}, lambda x: sparsity(x, 0.2, 0.5))):
        case = {"type": type_, "settings": settings}
        for on, values in (("weight", weight), ("activity", activity)):
            if on == "weight" and type_ == "KLSparsity":
                continue
            x = values.double().requires_grad_()
            # A penalty on activations is the mean over the samples; the formula of KLSparsity contains that mean.
            penalty = formula(x) / (len(x) if on == "activity" and type_ != "KLSparsity" else 1)
            penalty.backward()
            case[on] = {"values": pack(values), "penalty": pack(penalty.float()), "gradient": pack(x.grad.float())}
        yield case
