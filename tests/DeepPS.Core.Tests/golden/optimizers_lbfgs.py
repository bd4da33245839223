"""LBFGS: the vector after each of several steps on two functions, in double precision."""
import torch

from golden import pack


def rosenbrock(x):
    return (100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum()


def cases():
    inputs, signs = torch.randn(12, 4), torch.randn(12).sign()

    def logistic(x):
        return torch.nn.functional.softplus(-signs.double() * (inputs.double() @ x)).mean() + 0.05 * (x * x).sum()

    functions = {"logistic": (logistic, torch.randn(4)),
                 "rosenbrock": (rosenbrock, torch.tensor([-1.2, 1.0, -0.5, 0.8]))}
    for function, steps, settings, arguments in (
            ("logistic", 5, {"Iterations": 3, "LearningRate": 0.5}, dict(lr=0.5, max_iter=3)),
            ("logistic", 3, {"Iterations": 6, "HistorySize": 2, "LearningRate": 0.7},
             dict(lr=0.7, max_iter=6, history_size=2)),
            ("logistic", 2, {"LineSearch": "StrongWolfe"}, dict(line_search_fn="strong_wolfe")),
            ("logistic", 2, {"LineSearch": "StrongWolfe", "Evaluations": 4},
             dict(line_search_fn="strong_wolfe", max_eval=4)),
            ("rosenbrock", 8, {"LineSearch": "StrongWolfe", "Iterations": 4},
             dict(line_search_fn="strong_wolfe", max_iter=4)),
            ("rosenbrock", 2, {"LineSearch": "StrongWolfe", "LearningRate": 30, "HistorySize": 3},
             dict(line_search_fn="strong_wolfe", lr=30, history_size=3))):
        compute, first = functions[function]
        x = first.double().requires_grad_()
        optimizer = torch.optim.LBFGS([x], **arguments)
        evaluations = 0

        def closure():
            nonlocal evaluations
            evaluations += 1
            optimizer.zero_grad()
            loss = compute(x)
            loss.backward()
            return loss

        after = []
        for _ in range(steps):
            optimizer.step(closure)
            after.append({"x": pack(x.float()), "evaluations": evaluations})
        yield {"type": "LBFGS", "settings": settings, "function": function,
               "first": pack(first), "inputs": pack(inputs), "signs": pack(signs), "vectors": after}
