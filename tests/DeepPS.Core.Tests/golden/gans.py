"""Generative adversarial networks, small ones: the parameters of both after twenty steps of the critic."""
import torch
from torch import nn
from torch.nn import functional as f

from golden import pack

SAMPLES, BATCH, EPOCHS, CODE = 40, 8, 4, 3

OBJECTIVES = {
    "Standard": (lambda real, fake: f.softplus(-real).mean() + f.softplus(fake).mean(),
                 lambda fake: f.softplus(-fake).mean()),
    "LeastSquares": (lambda real, fake: 0.5 * (((real - 1) ** 2).mean() + (fake ** 2).mean()),
                     lambda fake: 0.5 * ((fake - 1) ** 2).mean()),
    "Hinge": (lambda real, fake: f.relu(1 - real).mean() + f.relu(1 + fake).mean(), lambda fake: -fake.mean()),
    "Wasserstein": (lambda real, fake: fake.mean() - real.mean(), lambda fake: -fake.mean()),
}


class Generator(nn.Module):
    def __init__(self, size, shape):
        super().__init__()
        self.first, self.last, self.shape = nn.Linear(size, 6), nn.Linear(6, shape.numel()), shape

    def forward(self, codes):
        return self.last(torch.tanh(self.first(codes))).reshape(-1, *self.shape)


class Critic(nn.Module):
    def __init__(self, shape):
        super().__init__()
        if len(shape) == 1:
            self.first, size = nn.Linear(shape[0], 6), 6
        else:
            self.first, size = nn.Conv2d(shape[0], 3, 3), 3 * (shape[1] - 2) * (shape[2] - 2)
        self.last = nn.Linear(size, 1)

    def forward(self, samples):
        return self.last(f.leaky_relu(self.first(samples), 0.2).flatten(1)).flatten()


def train(generator, critic, real, classes, rule, every, penalty, clip):
    draws, shares, losses = [], [], []
    makers = torch.optim.Adam(generator.parameters(), lr=0.02, betas=(0.5, 0.999))
    judges = torch.optim.Adam(critic.parameters(), lr=0.02, betas=(0.5, 0.999))
    critic_loss, generator_loss = OBJECTIVES[rule]

    def make(labels):
        codes = torch.randn(BATCH, CODE)
        draws.append(pack(codes))
        return generator(codes if labels is None else torch.cat([codes, f.one_hot(labels, 2).float()], 1))

    def judge(samples, labels):
        if labels is None:
            return critic(samples)
        hot = f.one_hot(labels, 2).float()
        if samples.dim() == 4:
            hot = hot[:, :, None, None].expand(-1, -1, *samples.shape[2:])
        return critic(torch.cat([samples, hot], 1))

    for _ in range(EPOCHS):
        sums = [0.0, 0.0, 0]
        for step, start in enumerate(range(0, SAMPLES, BATCH)):
            x, labels = real[start:start + BATCH], None if classes is None else classes[start:start + BATCH]
            judges.zero_grad()
            with torch.no_grad():
                fake = make(labels)
            loss = critic_loss(judge(x, labels), judge(fake, labels))
            sums[0] += loss.item()
            if penalty:
                share = torch.rand(BATCH)
                shares.append(pack(share))
                between = torch.lerp(fake, x, share.reshape(-1, *[1] * (x.dim() - 1))).requires_grad_()
                slope, = torch.autograd.grad(judge(between, labels).sum(), between, create_graph=True)
                loss = loss + penalty * ((slope.flatten(1).square().sum(1) + 1e-12).sqrt() - 1).square().mean()
            loss.backward()
            judges.step()
            if clip:
                with torch.no_grad():
                    for parameter in critic.parameters():
                        parameter.clamp_(-clip, clip)
            if (step + 1) % every == 0:
                makers.zero_grad()
                loss = generator_loss(judge(make(labels), labels))
                sums[1] += loss.item()
                sums[2] += 1
                loss.backward()
                makers.step()
        losses.append([sums[1] / sums[2], sums[0] / (SAMPLES // BATCH)])
    return draws, shares, losses


def cases():
    for rule, shape, every, penalty, clip, conditional in (
            ("Standard", [2], 1, 0, None, False),
            ("LeastSquares", [2], 1, 0, None, True),
            ("Hinge", [1, 4, 4], 2, 0, None, True),
            ("Wasserstein", [2], 5, 0, 0.3, False),
            ("Wasserstein", [2], 5, 10, None, False),
            ("Wasserstein", [1, 4, 4], 1, 10, None, True)):
        more = 2 if conditional else 0
        real = torch.randn(SAMPLES, *shape) + 1
        classes = torch.randint(0, 2, (SAMPLES,)) if conditional else None
        generator = Generator(CODE + more, torch.Size(shape))
        critic = Critic([shape[0] + more, *shape[1:]])
        first = [pack(p) for p in generator.parameters()], [pack(p) for p in critic.parameters()]
        draws, shares, losses = train(generator, critic, real, classes, rule, every, penalty, clip)
        yield {"type": rule, "settings": {}, "shape": shape, "steps": every, "penalty": penalty, "clip": clip,
               "epochs": EPOCHS, "batchSize": BATCH, "real": pack(real),
               "classes": None if classes is None else pack(classes), "generator": first[0], "critic": first[1],
               "draws": draws, "shares": shares, "losses": losses,
               "trainedGenerator": [pack(p) for p in generator.parameters()],
               "trainedCritic": [pack(p) for p in critic.parameters()]}
