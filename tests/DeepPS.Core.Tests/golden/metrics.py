"""Metrics by scikit-learn over the whole set. A value that is not a number is null."""
import math
import warnings

import numpy as np
import torch
from sklearn import metrics as sk

from golden import pack

CLASSES = ["a", "b", "c", "d"]
AVERAGES = ("Auto", "Macro", "Micro", "Weighted", "PerClass")


def case(output, target, values, loss=None, classes=()):
    """A set of outputs and targets, and its metrics: settings, and values by name."""
    return {"loss": loss, "classes": list(classes), "output": pack(output), "target": pack(target), "metrics": [
        {"type": type_, "settings": settings,
         "values": {name: None if math.isnan(x) else float(x) for name, x in named.items()}}
        for type_, settings, named in values]}


def averaged(name, average, classes, of):
    """The names and values of a metric with an average: of(scikit-learn's average)."""
    if average == "PerClass":
        return {f"{name}_{c}": value for c, value in zip(classes, of(None))}
    if average == "Auto":
        return {name: of("binary" if len(classes) == 2 else "macro")}
    return {name + average: of(average.lower())}


def counts(output, target, classes):
    """Metrics of predicted classes."""
    predicted = (output[:, 0] > 0).long() if output.shape[1] == 1 else output.argmax(1)
    truth, guess, labels = target.numpy(), predicted.numpy(), list(range(len(classes)))
    there = np.array([(truth == c).any() or (guess == c).any() for c in labels])

    def per_class(values):
        return [value if here else math.nan for value, here in zip(values, there)]

    yield "Accuracy", {}, {"Accuracy": sk.accuracy_score(truth, guess)}
    for name, function in (("Precision", sk.precision_score), ("Recall", sk.recall_score), ("F1", sk.f1_score)):
        for average in AVERAGES:
            def of(how):
                if how is None:
                    return per_class(function(truth, guess, labels=labels, average=None, zero_division=0))
                if how == "binary" and not there[1]:
                    return math.nan
                return function(truth, guess, average=how, zero_division=0)
            yield name, {"Average": average}, averaged(name, average, classes, of)
    tables = sk.multilabel_confusion_matrix(truth, guess, labels=labels)
    for average in AVERAGES:
        def of(how):
            with np.errstate(invalid="ignore"):
                each = np.array(per_class(tables[:, 0, 0] / (tables[:, 0, 0] + tables[:, 0, 1])))
            kept = ~np.isnan(each)
            if how is None:
                return each
            if how == "binary":
                return each[1]
            if how == "micro":
                return tables[:, 0, 0].sum() / tables[:, 0].sum()
            weights = np.array([(truth == c).sum() for c in labels]) if how == "weighted" else np.ones(len(labels))
            return (each * weights)[kept].sum() / weights[kept].sum()
        yield "Specificity", {"Average": average}, averaged("Specificity", average, classes, of)
    yield "MCC", {}, {"MCC": sk.matthews_corrcoef(truth, guess)}
    yield "Kappa", {}, {"Kappa": sk.cohen_kappa_score(truth, guess)}
    matrix = sk.confusion_matrix(truth, guess, labels=labels)
    yield "ConfusionMatrix", {}, {f"{classes[i]}_{classes[j]}": matrix[i, j] for i in labels for j in labels}


def scores(output, target, classes):
    """Metrics of probabilities."""
    wide = output.double()
    p = (torch.cat([(-wide).sigmoid(), wide.sigmoid()], 1) if output.shape[1] == 1 else wide.softmax(1)).numpy()
    p = p.round(14)  # equal probabilities that were rounded in two ways are ties
    truth, labels = target.numpy(), list(range(len(classes)))
    own = truth[:, None] == np.array(labels)
    for k in (1, 2, 3):
        if len(classes) > 2:
            yield "TopK", {"K": k}, {f"Top{k}": sk.top_k_accuracy_score(truth, p, k=k, labels=labels)}
        elif k == 1:
            yield "TopK", {"K": k}, {f"Top{k}": sk.accuracy_score(truth, (p[:, 1] >= p[:, 0]).astype(int))}
    loss_of = sk.log_loss(truth, p, labels=labels)
    yield "LogLoss", {}, {"LogLoss": loss_of}
    yield "Perplexity", {}, {"Perplexity": math.exp(loss_of)}
    for bins in (15, 4):
        # Guo et al. (2017), equation 5.
        sure, hit = p.max(1), p.argmax(1) == truth
        bin_of = np.clip(np.ceil(sure * bins).astype(int) - 1, 0, bins - 1)
        error = sum(abs(sure[bin_of == b].sum() - hit[bin_of == b].sum()) for b in range(bins)) / len(truth)
        yield "CalibrationError", {"Bins": bins}, {"CalibrationError": error}
    for name, function in (("RocAuc", sk.roc_auc_score), ("AveragePrecision", sk.average_precision_score)):
        def one(c, function=function):
            return math.nan if own[:, c].all() or not own[:, c].any() else function(own[:, c], p[:, c])
        for average in AVERAGES:
            def of(how):
                each = np.array([one(c) for c in labels])
                if how is None:
                    return each
                if how == "binary":
                    return each[1]
                if how == "micro":
                    return function(own.ravel(), p.ravel())
                kept = ~np.isnan(each)
                weights = own.sum(0) if how == "weighted" else np.ones(len(labels))
                value = (each * weights)[kept].sum() / weights[kept].sum()
                # If all classes occur, it is scikit-learn's own average.
                if kept.all() and name == "RocAuc":
                    given = own if len(labels) == 2 else truth
                    assert np.isclose(value, sk.roc_auc_score(given, p, multi_class="ovr", average=how), atol=1e-12)
                elif kept.all():
                    assert np.isclose(value, sk.average_precision_score(own, p, average=how), atol=1e-12)
                return value
            yield name, {"Average": average}, averaged(name, average, classes, of)


def cases():
    warnings.simplefilter("ignore")
    plain = 2 * torch.randn(40, 4)
    ties = (2 * torch.randn(30, 4)).round()
    lone = torch.randn(12, 4)
    lone[:, 3] = -5
    for output, target in (
            (plain, torch.randint(4, (40,))),
            (ties, torch.randint(4, (30,))),
            (lone, torch.randint(2, (12,))),                        # c is predicted but not in the targets, d neither
            (lone[:, :4], torch.full((12,), 1))):                   # only one class
        yield case(output, target, [*counts(output, target, CLASSES), *scores(output, target, CLASSES)],
                   "CrossEntropy", CLASSES)
    for output, target in (
            ((2 * torch.randn(25, 1)).round() + 0.25, torch.randint(2, (25,))),
            (3 * torch.tensor([[-1.0], [-0.5], [2], [0.5]]), torch.tensor([0, 0, 1, 1])),
            (torch.randn(6, 1), torch.zeros(6, dtype=torch.int64))):
        two = CLASSES[:2]
        yield case(output, target, [*counts(output, target, two), *scores(output, target, two)],
                   "BinaryCrossEntropy", two)

    steady = torch.randn(9, 3)
    steady[:, 1] = 4
    off = steady + 0.3 * torch.randn(9, 3)
    even = off.clone()
    even[:, 1] = 4
    for output, target in (
            (torch.randn(9, 1), torch.randn(9, 1)), (off, steady), (even, steady),
            (torch.zeros(3, 2), torch.ones(3, 2))):
        o, t = output.double().numpy(), target.double().numpy()
        values = {
            "MAE": sk.mean_absolute_error(t, o), "MSE": sk.mean_squared_error(t, o),
            "RMSE": sk.mean_squared_error(t, o, squared=False),
            "R2": sk.r2_score(t, o), "MAPE": sk.mean_absolute_percentage_error(t, o),
            "CosineSimilarity": np.diag(sk.pairwise.cosine_similarity(t, o)).mean(),
        }
        yield case(output, target, [(name, {}, {name: value}) for name, value in values.items()])
