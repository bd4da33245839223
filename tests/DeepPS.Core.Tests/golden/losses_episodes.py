"""Losses that compare the embeddings of a batch by their classes, in double precision."""
import torch
from torch.nn import functional as F

from losses import both


def mean_of(each):
    """The mean over the samples that count."""
    def mean(output, target):
        losses, counting = each(output.double(), target)
        return losses[counting].mean() if counting.any() else losses.sum() * 0
    return mean


def places(each):
    """Losses with 0 for samples that do not count."""
    def all_of(output, target):
        losses, counting = each(output, target)
        return torch.where(counting, losses, torch.zeros_like(losses))
    return all_of


def prototypical(shot):
    """Snell, Swersky and Zemel 2017: the first samples of a class in the batch are its support."""
    def each(output, target):
        classes = sorted(set(target.tolist()))
        rows = [[i for i, t in enumerate(target.tolist()) if t == c] for c in classes]
        prototypes = torch.stack([output[own[:shot]].mean(0) for own in rows])
        queries = torch.zeros(len(target), dtype=torch.bool)
        losses = []
        for i, t in enumerate(target.tolist()):
            queries[i] = i in rows[classes.index(t)][shot:]
            distances = ((output[i] - prototypes) ** 2).sum(1)
            losses.append(F.cross_entropy(-distances[None], torch.tensor([classes.index(t)])))
        return torch.stack(losses), queries
    return each


def hardest(margin):
    """Hermans, Beyer and Leibe 2017: the farthest positive and the nearest negative of the batch."""
    def each(output, target):
        losses, counting = [], torch.zeros(len(target), dtype=torch.bool)
        for i in range(len(target)):
            distance = [(output[i] - output[j]).square().sum().sqrt() for j in range(len(target)) if j != i]
            same = [bool(target[i] == target[j]) for j in range(len(target)) if j != i]
            near = [d for d, s in zip(distance, same) if s]
            far = [d for d, s in zip(distance, same) if not s]
            counting[i] = bool(near) and bool(far)
            losses.append((max(near) - min(far) + margin).clamp(min=0) if counting[i] else output.sum() * 0)
        return torch.stack(losses), counting
    return each


def contrastive(margin):
    """Hadsell, Chopra and LeCun 2006 over all pairs of the batch."""
    def each(output, target):
        losses = []
        for i in range(len(target)):
            own = []
            for j in range(len(target)):
                if j == i:
                    continue
                distance = (output[i] - output[j]).square().sum().sqrt()
                own.append(distance ** 2 / 2 if target[i] == target[j] else (margin - distance).clamp(min=0) ** 2 / 2)
            losses.append(torch.stack(own).mean())
        return torch.stack(losses), torch.ones(len(target), dtype=torch.bool)
    return each


def cases():
    many = torch.tensor([0, 2, 2, 0, 1, 2, 0, 1, 0])
    lone = torch.tensor([0, 2, 2, 0, 1, 2, 0, 0, 0])
    for type_, settings, each, target in (
            ("Prototypical", {"Shot": 1}, prototypical(1), many),
            ("Prototypical", {"Shot": 2}, prototypical(2), lone),
            ("BatchHardTriplet", {}, hardest(1), many),
            ("BatchHardTriplet", {"Margin": 0.3}, hardest(0.3), lone),
            ("BatchContrastive", {}, contrastive(1), many),
            ("BatchContrastive", {"Margin": 2.5}, contrastive(2.5), lone)):
        def counts(t, each=each):
            return each(torch.zeros(len(t), 2).double(), t)[1]
        yield from both(type_, settings, mean_of(each), places(each), 0.7 * torch.randn(9, 3), target, counts=counts)
