"""Architectures that torchvision has."""
from torch import nn
from torchvision import models

from networks import count, run


def vgg(make, classes, hidden):
    module = make(num_classes=classes)
    module.classifier = nn.Sequential(nn.Linear(512 * 49, hidden), nn.ReLU(), nn.Linear(hidden, hidden), nn.ReLU(),
                                      nn.Linear(hidden, classes))
    return module


def cases():
    yield run("AlexNet", {}, models.alexnet(), (3, 63, 63), published=61_100_840)

    for depth, plain, normal in ((11, 132_863_336, 132_868_840), (13, 133_047_848, 133_053_736),
                                 (16, 138_357_544, 138_365_992), (19, 143_667_240, 143_678_248)):
        make, make_normal = getattr(models, f"vgg{depth}"), getattr(models, f"vgg{depth}_bn")
        yield count(f"VGG{depth}", {}, make(), plain)
        yield count(f"VGG{depth}BN", {}, make_normal(), normal)
        yield run(f"VGG{depth}", {"Classes": 10, "Hidden": 32}, vgg(make, 10, 32), (3, 32, 32))
        yield run(f"VGG{depth}", {"Classes": 10, "Hidden": 32, "BatchNorm": True},
                  vgg(make_normal, 10, 32), (3, 33, 40))

    for depth, published in (
            (18, 11_689_512), (34, 21_797_672), (50, 25_557_032), (101, 44_549_160), (152, 60_192_808)):
        yield run(f"ResNet{depth}", {}, getattr(models, f"resnet{depth}")(), (3, 33, 40), published=published)

    yield run("DenseNet121", {}, models.densenet121(), (3, 33, 40), published=7_978_856)
    yield run("MobileNetV2", {}, models.mobilenet_v2(), (3, 33, 40), published=3_504_872)
    yield run("MobileNetV2", {"Classes": 5, "Width": 0.35},
              models.mobilenet_v2(num_classes=5, width_mult=0.35), (3, 32, 32))
    yield run("MobileNetV2", {"Classes": 5, "Width": 1.4},
              models.mobilenet_v2(num_classes=5, width_mult=1.4), (3, 32, 32))

    module = models.googlenet(init_weights=False, aux_logits=True)
    yield run("GoogLeNet", {}, module, (3, 33, 40), published=13_004_888)
    module = models.googlenet(num_classes=10, init_weights=False, aux_logits=True, dropout=0, dropout_aux=0)
    yield run("GoogLeNet", {"Classes": 10, "Dropout": 0, "AuxiliaryDropout": 0}, module, (3, 64, 64),
              training=True, batch=4, heads=(module.aux1, module.aux2))
    yield count("GoogLeNet", {"AuxiliaryWeight": 0}, models.googlenet(init_weights=False, aux_logits=False), 6_624_904)

    module = models.inception_v3(init_weights=False, aux_logits=False)
    yield run("InceptionV3", {"AuxiliaryWeight": 0}, module, (3, 75, 90), published=23_834_568)
    module = models.inception_v3(init_weights=False, aux_logits=True, dropout=0)
    yield run("InceptionV3", {"Dropout": 0}, module, (3, 299, 299), published=27_161_264,
              training=True, heads=(module.AuxLogits,))
