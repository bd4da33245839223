#!/usr/bin/env python3
"""Golden figures from scikit-learn for Measure-DlModel: writes measured-*.csv, whose columns o1, o2, ... are a
network's outputs, and measured.json, the figures of these predictions. Usage: python3 make_measured.py

The outputs are float32 numbers of four decimals, so that a network that passes them on gives exactly these.
"""
import json
import pathlib

import numpy as np
from sklearn import metrics as sk

HERE = pathlib.Path(__file__).resolve().parent
ROWS = 400
random = np.random.default_rng(13)


def write(name, outputs, labels):
    header = ",".join([f"o{i + 1}" for i in range(outputs.shape[1])] + ["label"])
    rows = [",".join([f"{x:.4f}" for x in row] + [str(label)]) for row, label in zip(outputs, labels)]
    (HERE / f"measured-{name}.csv").write_text("\n".join([header, *rows]) + "\n")


def rounded(values):
    """As a reader sees four decimals as float32."""
    return np.array([[np.float32(f"{x:.4f}") for x in row] for row in values], dtype=np.float64)


def softmax(outputs):
    shifted = np.exp(outputs - outputs.max(1, keepdims=True))
    return shifted / shifted.sum(1, keepdims=True)


def calibration_error(probabilities, truth, bins=15):
    sure, hit = probabilities.max(1), probabilities.argmax(1) == truth
    place = np.clip(np.ceil(sure * bins).astype(int) - 1, 0, bins - 1)
    return sum(abs((sure - hit)[place == b].sum()) for b in range(bins)) / len(truth)


def averages(name, function, truth, guess, classes):
    figures = {name + how.title(): function(truth, guess, average=how, zero_division=0)
               for how in ("macro", "micro", "weighted")}
    figures[name] = function(truth, guess, average="binary" if len(classes) == 2 else "macro", zero_division=0)
    each = function(truth, guess, labels=range(len(classes)), average=None, zero_division=0)
    return figures | {f"{name}_{c}": value for c, value in zip(classes, each)}


def classification(name, classes, noise):
    truth = random.choice(len(classes), ROWS, p=np.linspace(1, 2, len(classes)) / np.linspace(1, 2, len(classes)).sum())
    outputs = rounded(random.normal(0, 1, (ROWS, len(classes))) + noise * np.eye(len(classes))[truth])
    write(name, outputs, [classes[c] for c in truth])
    probabilities = softmax(outputs)
    guess = probabilities.argmax(1)
    figures = {
        "Loss": sk.log_loss(truth, probabilities), "Accuracy": sk.accuracy_score(truth, guess),
        "LogLoss": sk.log_loss(truth, probabilities), "MCC": sk.matthews_corrcoef(truth, guess),
        "Kappa": sk.cohen_kappa_score(truth, guess), "CalibrationError": calibration_error(probabilities, truth),
    }
    for metric, function in (("Precision", sk.precision_score), ("Recall", sk.recall_score), ("F1", sk.f1_score)):
        figures |= averages(metric, function, truth, guess, classes)
    if len(classes) == 2:
        scores = probabilities[:, 1]
        indicators = np.eye(2)[truth]
        figures |= {"RocAuc": sk.roc_auc_score(truth, scores),
                    "AveragePrecision": sk.average_precision_score(truth, scores),
                    "AveragePrecisionMacro": sk.average_precision_score(indicators, probabilities, average="macro")}
    else:
        figures |= {"RocAuc": sk.roc_auc_score(truth, probabilities, multi_class="ovr"),
                    "Top2": sk.top_k_accuracy_score(truth, probabilities, k=2)}
    return truth, probabilities, {name: float(value) for name, value in figures.items()}


def at_threshold(truth, scores, threshold, positive):
    guess = (scores >= threshold).astype(int)
    return {"Threshold": threshold, "Accuracy": sk.accuracy_score(truth, guess),
            f"Precision_{positive}": sk.precision_score(truth, guess),
            f"Recall_{positive}": sk.recall_score(truth, guess), f"F1_{positive}": sk.f1_score(truth, guess)}


def regression():
    truth = np.round(random.normal(50, 12, ROWS), 4)
    outputs = rounded((random.normal(0, 1, ROWS) + (truth - 50) / 12)[:, None])
    write("regression", outputs, truth)
    # The network predicts in units of the label's standard deviation.
    guess = outputs[:, 0] * truth.std() + truth.mean()
    return {"MAE": sk.mean_absolute_error(truth, guess), "MSE": sk.mean_squared_error(truth, guess),
            "RMSE": float(np.sqrt(sk.mean_squared_error(truth, guess))), "R2": sk.r2_score(truth, guess),
            "MAPE": sk.mean_absolute_percentage_error(truth, guess)}


binary_truth, binary_probabilities, binary = classification("binary", ["no", "yes"], 1.0)
_, _, multiclass = classification("multiclass", ["ant", "bee", "cat", "dog"], 1.2)
figures = {"binary": binary, "multiclass": multiclass, "regression": regression(),
           "threshold": at_threshold(binary_truth, binary_probabilities[:, 1], 0.3, "yes")}
(HERE / "measured.json").write_text(json.dumps(figures, indent=1) + "\n")
