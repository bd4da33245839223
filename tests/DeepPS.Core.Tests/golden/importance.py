"""Permutation importance and partial dependence by scikit-learn, of small networks in PyTorch.

scikit-learn draws the permutations; they are found in the data that it hands to the network, whose values are all
different, and are part of the case.
"""
import numpy as np
import torch
from sklearn.base import BaseEstimator
from sklearn.inspection import partial_dependence, permutation_importance
from torch import nn

from golden import pack

ROWS, REPEATS = 40, 3


class Estimator(BaseEstimator):
    """A network as an estimator of scikit-learn; it keeps the data that it is asked about."""

    def __init__(self, network, kind):
        self.network, self.kind, self._estimator_type, self.seen = network, kind, kind, []
        self.classes_ = np.arange(3)

    def fit(self, inputs, targets):
        return self

    def __sklearn_is_fitted__(self):
        return True

    def outputs(self, inputs):
        self.seen.append(inputs.copy())
        with torch.no_grad():
            return self.network(torch.from_numpy(inputs.astype(np.float32)))

    def predict(self, inputs):
        output = self.outputs(inputs)
        return (output.argmax(1) if self.kind == "classifier" else output[:, 0]).numpy()

    def predict_proba(self, inputs):
        return self.outputs(inputs).softmax(1).numpy()


def cases():
    for kind, outputs, scoring in (("classifier", 3, "accuracy"), ("regressor", 1, "r2")):
        network = nn.Sequential(nn.Linear(4, 6), nn.Tanh(), nn.Linear(6, outputs))
        inputs = torch.randn(ROWS, 4)
        estimator = Estimator(network, kind)
        truth = network(inputs + 0.5 * torch.randn(ROWS, 4)).detach()
        targets = (truth - truth.mean(0)).argmax(1) if kind == "classifier" else truth
        x, y = inputs.numpy(), targets.numpy().reshape(-1)
        result = permutation_importance(estimator, x, y, scoring=scoring, n_repeats=REPEATS, random_state=0)
        permuted = estimator.seen[1:]
        orders = []
        for column in range(4):
            place = {value: row for row, value in enumerate(x[:, column])}
            orders.append([[place[value] for value in permuted[column * REPEATS + repeat][:, column]]
                           for repeat in range(REPEATS)])
        curve = partial_dependence(estimator, x, [1], percentiles=(0, 1), grid_resolution=5, kind="average",
                                   response_method="predict_proba" if kind == "classifier" else "auto")
        grid = curve["grid_values"] if "grid_values" in curve else curve["values"]
        yield {
            "type": kind, "settings": {}, "inputs": pack(inputs), "targets": pack(targets),
            "parameters": [pack(p) for p in network.parameters()],
            "orders": orders,
            "each": result.importances.tolist(), "mean": result.importances_mean.tolist(),
            "deviation": result.importances_std.tolist(),
            "grid": [float(v) for v in grid[0]], "curve": curve["average"].tolist(),
        }
