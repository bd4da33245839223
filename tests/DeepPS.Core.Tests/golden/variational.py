"""A variational autoencoder's loss with given noise: reconstruction, divergence, and the gradients of their sum."""
import torch
from torch import nn
from torch.distributions import Normal, kl_divergence
from torch.nn import functional as f

from golden import pack

SAMPLES, NUMBERS, HIDDEN = 5, 6, 4


def cases():
    for loss, code, beta in (("MSE", 2, 1.0), ("MSE", 1, 4.0), ("BinaryCrossEntropy", 3, 1.0)):
        x = torch.rand(SAMPLES, NUMBERS)
        encoder = nn.Sequential(nn.Linear(NUMBERS, HIDDEN), nn.Tanh(), nn.Linear(HIDDEN, 2 * code))
        decoder = nn.Sequential(nn.Linear(code, HIDDEN), nn.Tanh(), nn.Linear(HIDDEN, NUMBERS))
        parameters = [*encoder.parameters(), *decoder.parameters()]
        noise = torch.randn(SAMPLES, code)
        mean, log_variance = encoder(x).chunk(2, 1)
        deviation = (log_variance / 2).exp()
        output = decoder(mean + deviation * noise)
        own = f.mse_loss(output, x) if loss == "MSE" else f.binary_cross_entropy_with_logits(output, x)
        divergence = kl_divergence(Normal(mean, deviation), Normal(0.0, 1.0)).sum(1).mean()
        total = own + beta / NUMBERS * divergence
        total.backward()
        yield {"type": loss, "settings": {}, "code": code, "beta": beta, "hidden": HIDDEN, "inputs": pack(x),
               "noise": pack(noise), "parameters": [pack(p) for p in parameters], "own": own.item(),
               "total": total.item(), "gradients": [pack(p.grad) for p in parameters]}
