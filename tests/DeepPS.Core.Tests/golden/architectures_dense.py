"""Architectures of Dense layers."""
from torch import nn

from networks import run


def dense(*sizes, hidden, output=None):
    made = []
    for i, (inputs, outputs) in enumerate(zip(sizes, sizes[1:])):
        made += [nn.Linear(inputs, outputs)] + ([hidden] if i + 2 < len(sizes) else [output] if output else [])
    return nn.Sequential(nn.Flatten(), *made)


def autoencoder(sizes, hidden, code=None, output=None):
    """Layers to the code and back. The code has an activation only if one is given."""
    made = [nn.Flatten()]
    for inputs, outputs in zip(sizes, sizes[1:]):
        made += [nn.Linear(inputs, outputs), hidden]
    made[-1] = code or nn.Identity()
    back = sizes[::-1]
    for inputs, outputs in zip(back, back[1:]):
        made += [nn.Linear(inputs, outputs), hidden]
    made[-1] = output or nn.Identity()
    return nn.Sequential(*made)


class Means(nn.Module):
    def forward(self, x):
        return x.chunk(2, 1)[0]


def variational(sizes, code, hidden, output=None):
    made = [nn.Flatten()]
    for inputs, outputs in zip(sizes, sizes[1:]):
        made += [nn.Linear(inputs, outputs), hidden]
    made += [nn.Linear(sizes[-1], 2 * code), Means()]
    back = [code] + sizes[::-1]
    for inputs, outputs in zip(back, back[1:]):
        made += [nn.Linear(inputs, outputs), hidden]
    made[-1] = output or nn.Identity()
    return nn.Sequential(*made)


def cases():
    yield run("LinearRegression", {}, dense(7, 1, hidden=None), (7,))
    yield run("LinearRegression", {"Outputs": 3, "Bias": False},
              nn.Sequential(nn.Flatten(), nn.Linear(6, 3, bias=False)), (2, 3))
    yield run("LogisticRegression", {}, dense(5, 1, hidden=None), (5,))
    yield run("LogisticRegression", {"Classes": 10}, dense(784, 10, hidden=None), (1, 28, 28), published=7_850)
    yield run("Perceptron", {}, dense(4, 1, hidden=None), (4,))
    yield run("MLP", {"Hidden": [8, 4], "Outputs": 3, "Activation": "Tanh"},
              dense(10, 8, 4, 3, hidden=nn.Tanh()), (2, 5))

    relu, sigmoid = nn.ReLU(), nn.Sigmoid()
    yield run("Autoencoder", {}, autoencoder([784, 128, 32], relu), (784,))
    yield run("Autoencoder", {"Code": 3, "Hidden": [], "OutputActivation": "Sigmoid"},
              autoencoder([6, 3], None, output=sigmoid), (6,))
    yield run("Autoencoder", {"Code": 4, "Hidden": [9, 7], "Activation": "Tanh", "CodeActivation": "ReLU"},
              nn.Sequential(autoencoder([12, 9, 7, 4], nn.Tanh(), relu), nn.Unflatten(1, (3, 2, 2))), (3, 2, 2))
    yield run("DeepAutoencoder", {}, autoencoder([784, 1000, 500, 250, 30], sigmoid, output=sigmoid), (784,),
              published=2_837_314, spread=1e-3)
    yield run("DeepAutoencoder", {"Hidden": [9, 8, 7], "Code": 4, "Activation": "Tanh"},
              autoencoder([12, 9, 8, 7, 4], nn.Tanh(), output=sigmoid), (12,))
    yield run("SparseAutoencoder", {}, autoencoder([784, 196], None, sigmoid, sigmoid), (784,))
    yield run("DenoisingAutoencoder", {"Code": 5, "Hidden": [8]}, autoencoder([10, 8, 5], relu), (10,))
    # Outside training the code is the mean: the first half of the layer before it.
    yield run("VariationalAutoencoder", {"Code": 2, "Hidden": [7, 5], "OutputActivation": "Sigmoid", "Beta": 2},
              variational([9, 7, 5], 2, nn.Tanh(), sigmoid), (9,))
    yield run("VariationalAutoencoder", {}, variational([784, 500], 20, nn.Tanh()), (784,))
