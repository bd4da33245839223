"""Schedules."""
import warnings

import torch

PER_EPOCH, TOTAL = 3, 18
LOSSES = [1.0, 0.9, 0.95, 0.89995, 0.9, 0.95, 0.7, 0.8, 0.8, 0.8, 0.8, 0.8]


def factors(make, each_step, per_epoch=PER_EPOCH, total=TOTAL):
    """The factor of every step of a training."""
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    scheduler = make(optimizer)
    for step in range(total):
        yield optimizer.param_groups[0]["lr"]
        optimizer.step()
        if step < total - 1 and (each_step or step % per_epoch == per_epoch - 1):
            scheduler.step()


def plateau(**arguments):
    """The factor of the first step of each epoch, given the loss of each epoch."""
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, **arguments)
    for loss in LOSSES:
        yield optimizer.param_groups[0]["lr"]
        optimizer.step()
        scheduler.step(loss)


def cases():
    warnings.simplefilter("ignore")
    s = torch.optim.lr_scheduler

    def warmed(steps, after, **arguments):
        return lambda o: s.SequentialLR(o, [s.LinearLR(o, total_iters=steps, **arguments), after(o)], [steps])

    def one_cycle(**arguments):
        return lambda o: s.OneCycleLR(o, 1.0, total_steps=TOTAL, cycle_momentum=False, **arguments)

    def cyclic(least, **arguments):
        return lambda o: s.CyclicLR(o, least, 1.0, cycle_momentum=False, **arguments)

    for type_, settings, make, each_step in (
            ("Constant", {}, lambda o: s.LambdaLR(o, lambda _: 1), False),
            ("Step", {"StepSize": 2}, lambda o: s.StepLR(o, 2), False),
            ("Step", {"StepSize": 1, "Gamma": 0.5}, lambda o: s.StepLR(o, 1, 0.5), False),
            ("Exponential", {"Gamma": 0.8}, lambda o: s.ExponentialLR(o, 0.8), False),
            ("Cosine", {}, lambda o: s.CosineAnnealingLR(o, 18), True),
            ("Cosine", {"MinimumFactor": 0.1}, lambda o: s.CosineAnnealingLR(o, 18, 0.1), True),
            ("MultiStep", {"Milestones": [1, 4]}, lambda o: s.MultiStepLR(o, [1, 4]), False),
            ("MultiStep", {"Milestones": [5, 2, 3], "Gamma": 0.5}, lambda o: s.MultiStepLR(o, [2, 3, 5], 0.5), False),
            ("Polynomial", {}, lambda o: s.PolynomialLR(o, TOTAL), True),
            ("Polynomial", {"Power": 2.5}, lambda o: s.PolynomialLR(o, TOTAL, 2.5), True),
            ("CosineRestarts", {"Period": 2}, lambda o: s.CosineAnnealingWarmRestarts(o, 6), True),
            ("CosineRestarts", {"Period": 1, "PeriodFactor": 2, "MinimumFactor": 0.2},
             lambda o: s.CosineAnnealingWarmRestarts(o, 3, 2, 0.2), True),
            ("OneCycle", {}, one_cycle(), True),
            ("OneCycle", {"RiseFraction": 0.5, "DivFactor": 10, "FinalDivFactor": 100, "Curve": "Linear"},
             one_cycle(pct_start=0.5, div_factor=10, final_div_factor=100, anneal_strategy="linear"), True),
            ("OneCycle", {"RiseFraction": 0.25, "ThreePhase": True}, one_cycle(pct_start=0.25, three_phase=True), True),
            ("Cyclic", {"StepsUp": 4}, cyclic(0.1, step_size_up=4), True),
            ("Cyclic", {"MinimumFactor": 0.2, "StepsUp": 2, "StepsDown": 3, "Mode": "Triangular2"},
             cyclic(0.2, step_size_up=2, step_size_down=3, mode="triangular2"), True),
            ("Cyclic", {"MinimumFactor": 0.0, "StepsUp": 3, "Mode": "ExponentialRange", "Gamma": 0.9},
             cyclic(0.0, step_size_up=3, mode="exp_range", gamma=0.9), True),
            ("InverseSquareRoot", {"Steps": 5}, lambda o: s.LambdaLR(o, lambda t: (5 / (5 + t)) ** 0.5), True),
            ("Warmup", {"Epochs": 2}, lambda o: s.LinearLR(o, total_iters=6), True),
            ("Warmup", {"Steps": 4, "StartFactor": 0.1, "After": {"type": "Cosine"}},
             warmed(4, lambda o: s.CosineAnnealingLR(o, TOTAL - 4), start_factor=0.1), True),
            ("Warmup", {"Epochs": 0.5, "After": {"type": "InverseSquareRoot", "Steps": 2}},
             warmed(2, lambda o: s.LambdaLR(o, lambda t: (2 / (2 + t)) ** 0.5)), True)):
        yield {"type": type_, "settings": settings, "stepsPerEpoch": PER_EPOCH, "totalSteps": TOTAL,
               "factors": list(factors(make, each_step))}
    for settings, arguments in (
            ({"Patience": 1}, dict(patience=1)),
            ({"Gamma": 0.5, "Patience": 0, "Cooldown": 2}, dict(factor=0.5, patience=0, cooldown=2)),
            ({"Gamma": 0.5, "Patience": 0, "Threshold": 0.06, "ThresholdMode": "Absolute", "MinimumFactor": 0.2},
             dict(factor=0.5, patience=0, threshold=0.06, threshold_mode="abs", min_lr=0.2))):
        yield {"type": "ReduceOnPlateau", "settings": settings, "stepsPerEpoch": 1, "totalSteps": len(LOSSES),
               "losses": LOSSES, "factors": list(plateau(**arguments))}
