"""Architectures for images that torchvision does not have, against plain PyTorch after the papers."""
import torch
from torch import nn
from torch.nn import functional as F

from inception import inception_resnet_v2, inception_v4
from networks import count, run


def lenet5(classes):
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
        nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, classes))


def network_in_network(classes):
    made, inputs = [], 3
    for filters, kernel, after in (
            (192, 5, None), (160, 1, None), (96, 1, nn.MaxPool2d(3, 2, 1)),
            (192, 5, None), (192, 1, None), (192, 1, nn.AvgPool2d(3, 2, 1)),
            (192, 3, None), (192, 1, None), (classes, 1, nn.AdaptiveAvgPool2d(1))):
        made += [nn.Conv2d(inputs, filters, kernel, padding=kernel // 2), nn.ReLU()] + ([after] if after else [])
        inputs = filters
    return nn.Sequential(*made, nn.Flatten())


def conv(inputs, filters, kernel=3, stride=1):
    return nn.Conv2d(inputs, filters, kernel, stride, kernel // 2, bias=False)


class CifarBlock(nn.Module):
    """A block of He's networks for CIFAR: (2015) or, with pre, of the identity mappings (2016)."""

    def __init__(self, inputs, filters, stride, bottleneck, pre):
        super().__init__()
        self.outputs = 4 * filters if bottleneck else filters
        widths = [inputs, filters, filters, self.outputs] if bottleneck else [inputs, filters, filters]
        kernels = [1, 3, 1] if bottleneck else [3, 3]
        strides = [1, stride, 1] if bottleneck else [stride, 1]
        self.pre, self.stride, self.inputs = pre, stride, inputs
        parts = []
        for i, (kernel, step) in enumerate(zip(kernels, strides)):
            convolution = conv(widths[i], widths[i + 1], kernel, step)
            parts += [nn.BatchNorm2d(widths[i]), convolution] if pre else [convolution, nn.BatchNorm2d(widths[i + 1])]
        self.parts = nn.ModuleList(parts)
        self.changes = stride > 1 or inputs != self.outputs
        self.project = None
        if self.changes and bottleneck:
            project = conv(inputs, self.outputs, 1, stride)
            self.project = project if pre else nn.Sequential(project, nn.BatchNorm2d(self.outputs))

    def shortcut(self, x):
        if not self.changes:
            return x
        if self.project is not None:
            return self.project(x)
        x = x[:, :, ::self.stride, ::self.stride]
        return torch.cat([x, x.new_zeros(x.shape[0], self.outputs - self.inputs, *x.shape[2:])], 1)

    def forward(self, x):
        if self.pre:
            y = self.parts[0](x).relu()
            across = self.shortcut(y if self.changes else x)
            y = self.parts[1](y)
            for norm, convolution in zip(self.parts[2::2], self.parts[3::2]):
                y = convolution(norm(y).relu())
            return across + y
        y = x
        for i in range(0, len(self.parts), 2):
            y = self.parts[i + 1](self.parts[i](y))
            if i + 2 < len(self.parts):
                y = y.relu()
        return (self.shortcut(x) + y).relu()


def cifar_resnet(depth, classes=10, bottleneck=False, pre=False):
    inputs, made = 16, [conv(3, 16)] + ([] if pre else [nn.BatchNorm2d(16), nn.ReLU()])
    for stage in range(3):
        for block in range((depth - 2) // (9 if bottleneck else 6)):
            made.append(CifarBlock(inputs, 16 << stage, 2 if stage and not block else 1, bottleneck, pre))
            inputs = made[-1].outputs
    made += [nn.BatchNorm2d(inputs), nn.ReLU()] if pre else []
    return nn.Sequential(*made, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(inputs, classes))


class UNet(nn.Module):
    def __init__(self, channels, classes, filters, steps, norm):
        super().__init__()

        def double(inputs, outputs):
            made = []
            for i in (inputs, outputs):
                made += [nn.Conv2d(i, outputs, 3, padding=1, bias=not norm)]
                made += ([nn.BatchNorm2d(outputs)] if norm else []) + [nn.ReLU()]
            return nn.Sequential(*made)

        widths = [filters << i for i in range(steps + 1)]
        self.down = nn.ModuleList(double(i, o) for i, o in zip([channels] + widths, widths))
        self.up = nn.ModuleList(
            nn.ModuleList([nn.ConvTranspose2d(2 * w, w, 2, 2), double(2 * w, w)]) for w in reversed(widths[:-1]))
        self.out = nn.Conv2d(filters, classes, 1)

    def forward(self, x):
        across = []
        for i, down in enumerate(self.down):
            x = down(F.max_pool2d(x, 2) if i else x)
            across.append(x)
        across.pop()
        for up, merge in self.up:
            x = merge(torch.cat([across.pop(), up(x)], 1))
        return self.out(x)


class ConvAutoencoder(nn.Module):
    """Convolutions of stride 2, then transposed ones, each with the size of its output given."""

    def __init__(self, channels, filters, output):
        super().__init__()
        widths = [channels] + filters
        self.down = nn.ModuleList(nn.Conv2d(i, o, 3, 2, 1) for i, o in zip(widths, filters))
        self.up = nn.ModuleList(nn.ConvTranspose2d(o, i, 3, 2, 1) for i, o in reversed(list(zip(widths, filters))))
        self.output = output

    def forward(self, x):
        sizes = []
        for down in self.down:
            sizes.append(x.shape[2:])
            x = down(x).relu()
        for i, up in enumerate(self.up):
            x = up(x, output_size=sizes.pop())
            x = x.relu() if i + 1 < len(self.up) else self.output(x)
        return x


def generator(latent, filters, channels, size):
    widths = [filters * 2 ** i for i in reversed(range(size.bit_length() - 3))]
    made = [nn.Unflatten(1, (latent, 1, 1)), nn.ConvTranspose2d(latent, widths[0], 4, 1, 0, bias=False)]
    for width, after in zip(widths, widths[1:] + [channels]):
        made += [nn.BatchNorm2d(width), nn.ReLU(), nn.ConvTranspose2d(width, after, 4, 2, 1, bias=False)]
    return nn.Sequential(*made, nn.Tanh())


def discriminator(filters, channels, size):
    widths = [filters * 2 ** i for i in range(size.bit_length() - 3)]
    made = [nn.Conv2d(channels, widths[0], 4, 2, 1, bias=False), nn.LeakyReLU(0.2)]
    for before, width in zip(widths, widths[1:]):
        made += [nn.Conv2d(before, width, 4, 2, 1, bias=False), nn.BatchNorm2d(width), nn.LeakyReLU(0.2)]
    return nn.Sequential(*made, nn.Conv2d(widths[-1], 1, 4, 1, 0, bias=False), nn.Flatten())


class SpatialTransformerNet(nn.Module):
    """The network of PyTorch's tutorial; it returns logits."""

    def __init__(self, classes, size=28):
        super().__init__()
        self.place = nn.Sequential(
            nn.Conv2d(1, 8, 7), nn.MaxPool2d(2), nn.ReLU(),
            nn.Conv2d(8, 10, 5), nn.MaxPool2d(2), nn.ReLU(), nn.Flatten(),
            nn.Linear(10 * (((size - 6) // 2 - 4) // 2) ** 2, 32), nn.ReLU(), nn.Linear(32, 6))
        self.see = nn.Sequential(
            nn.Conv2d(1, 10, 5), nn.MaxPool2d(2), nn.ReLU(),
            nn.Conv2d(10, 20, 5), nn.Dropout2d(), nn.MaxPool2d(2), nn.ReLU(), nn.Flatten(),
            nn.Linear(20 * (((size - 4) // 2 - 4) // 2) ** 2, 50), nn.ReLU(), nn.Dropout(), nn.Linear(50, classes))

    def forward(self, x):
        grid = F.affine_grid(self.place(x).view(-1, 2, 3), x.shape, align_corners=False)
        return self.see(F.grid_sample(x, grid, align_corners=False))


def cases():
    yield run("LeNet5", {}, lenet5(10), (1, 28, 28), published=61_706)
    yield run("NetworkInNetwork", {}, network_in_network(10), (3, 32, 32), published=966_986)
    yield run("InceptionV4", {}, inception_v4(), (3, 75, 90), published=42_679_816)
    yield run("InceptionResNetV2", {}, inception_resnet_v2(), (3, 75, 90), published=55_843_464)

    for depth, published in ((20, 269_722), (32, 464_154), (44, 658_586), (56, 853_018), (110, 1_727_962)):
        yield run("CifarResNet", {"Depth": depth}, cifar_resnet(depth), (3, 16, 16), published=published)
    yield count("CifarResNet", {"Depth": 1202}, cifar_resnet(1202), 19_421_274)
    yield run("CifarResNet", {"Depth": 20, "Classes": 100, "PreActivation": True},
              cifar_resnet(20, 100, pre=True), (3, 17, 15))
    yield run("CifarResNet", {"Depth": 110, "PreActivation": True}, cifar_resnet(110, pre=True), (3, 16, 16))
    yield run("CifarResNet", {"Depth": 29, "Bottleneck": True}, cifar_resnet(29, bottleneck=True), (3, 16, 16))
    both = {"Bottleneck": True, "PreActivation": True}
    yield run("CifarResNet", {"Depth": 164, **both}, cifar_resnet(164, bottleneck=True, pre=True), (3, 16, 16))
    yield count("CifarResNet", {"Depth": 1001, **both}, cifar_resnet(1001, bottleneck=True, pre=True))
    yield run("StochasticDepthResNet", {}, cifar_resnet(110), (3, 16, 16), published=1_727_962)
    yield run("StochasticDepthResNet", {"Depth": 20, "Classes": 5, "DropProbability": 0},
              cifar_resnet(20, 5), (3, 16, 16), training=True)

    yield count("UNet", {}, UNet(3, 2, 64, 4, True), 31_037_698)
    yield count("UNet", {"BatchNorm": False}, UNet(3, 2, 64, 4, False), 31_031_810)
    yield run("UNet", {"Classes": 3, "Filters": 8}, UNet(1, 3, 8, 4, True), (1, 32, 48))
    yield run("UNet", {"Classes": 2, "Filters": 4, "Steps": 2, "BatchNorm": False}, UNet(3, 2, 4, 2, False), (3, 12, 8))

    yield run("ConvAutoencoder", {}, ConvAutoencoder(1, [16, 32], nn.Identity()), (1, 28, 28))
    yield run("ConvAutoencoder", {"Filters": [4, 6, 8], "OutputActivation": "Sigmoid"},
              ConvAutoencoder(3, [4, 6, 8], nn.Sigmoid()), (3, 27, 10))

    yield run("DcganGenerator", {}, generator(100, 64, 3, 64), (100,), published=3_576_704)
    yield run("DcganGenerator", {"LatentSize": 7, "ImageSize": 16, "Filters": 4, "Channels": 1},
              generator(7, 4, 1, 16), (7,), training=True)
    yield run("DcganDiscriminator", {}, discriminator(64, 3, 64), (3, 64, 64), published=2_765_568)
    yield run("DcganDiscriminator", {"ImageSize": 32, "Filters": 4},
              discriminator(4, 1, 32), (1, 32, 32), training=True)

    yield count("SpatialTransformerNet", {}, SpatialTransformerNet(10), 27_360)
    yield run("SpatialTransformerNet", {"Classes": 4}, SpatialTransformerNet(4, 32), (1, 32, 32))

    # By their names; CifarResNet has the outputs.
    for depth, published in ((20, 269_722), (32, 464_154), (44, 658_586), (56, 853_018), (110, 1_727_962),
                             (1202, 19_421_274)):
        yield count(f"ResNet{depth}", {}, cifar_resnet(depth), published)
