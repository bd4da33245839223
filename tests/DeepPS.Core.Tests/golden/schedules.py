"""Schedules."""
import torch


def cases():
    """The factor of every step of a run of 6 epochs of 3 steps."""
    def factors(make, each_step):
        optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
        scheduler = make(optimizer)
        for step in range(18):
            yield optimizer.param_groups[0]["lr"]
            optimizer.step()
            if each_step or step % 3 == 2:
                scheduler.step()

    s = torch.optim.lr_scheduler
    for type_, settings, make, each_step in (
            ("Constant", {}, lambda o: s.LambdaLR(o, lambda _: 1), False),
            ("Step", {"StepSize": 2}, lambda o: s.StepLR(o, 2), False),
            ("Step", {"StepSize": 1, "Gamma": 0.5}, lambda o: s.StepLR(o, 1, 0.5), False),
            ("Exponential", {"Gamma": 0.8}, lambda o: s.ExponentialLR(o, 0.8), False),
            ("Cosine", {}, lambda o: s.CosineAnnealingLR(o, 18), True),
            ("Cosine", {"MinimumFactor": 0.1}, lambda o: s.CosineAnnealingLR(o, 18, 0.1), True)):
        yield {"type": type_, "settings": settings, "stepsPerEpoch": 3, "totalSteps": 18, "factors": list(factors(make, each_step))}
