"""Augmentations with fixed parameters, computed by torchvision's functions: each image has its own parameters.

The images are small, with values from 0 to 1. A case that torchvision has no function for contains the computation.
"""
import torch
import torchvision.transforms.functional as F
from torchvision.transforms import InterpolationMode

from golden import pack


def each(images, function, *parameters):
    """Stacks the results of function(image, parameter, ...) for each image."""
    return torch.stack([function(image, *values) for image, *values in zip(images, *parameters)])


def case(type_, settings, images, output, **parameters):
    return {"type": type_, "settings": settings, "images": pack(images), "output": pack(output),
            "parameters": {name: pack(torch.tensor(values, dtype=torch.float32))
                           for name, values in parameters.items()}}


def colours(images):
    factors, hues = [0.3, 1.8, 0.0], [-0.5, 0.1, 0.37]
    for name, function, amounts in (
            ("Brightness", F.adjust_brightness, factors), ("Contrast", F.adjust_contrast, factors),
            ("Saturation", F.adjust_saturation, factors), ("Hue", F.adjust_hue, hues)):
        yield case("ColorJitter", {name: 0.5}, images, each(images, function, amounts), amount=amounts)
    grey = images[:, :1]
    yield case("ColorJitter", {"Contrast": 0.5}, grey, each(grey, F.adjust_contrast, factors), amount=factors)
    yield case("Greyscale", {"Probability": 1}, images, each(images, lambda image: F.rgb_to_grayscale(image, 3)))


def filled(function, fill):
    """A function of torchvision with a fill other than 0 around an image.

    torchvision's own fill blends the pixels at the edge twice: by a mask, after they were blended with zeros.
    """
    return lambda image, *parameters: function(image - fill, *parameters) + fill


def maps(images):
    angles, right, down = [0.0, 13.0, -71.5], [2, -1, 0], [0, 1, -3]
    scales, shears = [1.0, 0.83, 1.3], [0.0, 12.0, -30.0]
    for mode in InterpolationMode.NEAREST, InterpolationMode.BILINEAR:
        for fill in 0.0, 0.6:
            settings = {"Interpolation": mode.name.capitalize(), "Fill": fill}
            turn = filled(lambda image, angle: F.rotate(image, angle, mode), fill)
            yield case("Rotation", {"Degrees": 180, **settings}, images, each(images, turn, angles), angle=angles)
            move = filled(
                lambda image, angle, x, y, scale, shear: F.affine(image, angle, [x, y], scale, [shear, 0.0], mode),
                fill)
            yield case("Affine", {"Degrees": 180, **settings}, images,
                       each(images, move, angles, right, down, scales, shears),
                       angle=angles, right=right, down=down, scale=scales, shear=shears)
            grow = filled(lambda image, scale: F.affine(image, 0.0, [0, 0], scale, [0.0, 0.0], mode), fill)
            yield case("Scale", settings, images, each(images, grow, scales), scale=scales)


def boxes(images):
    top, left, height, width = [0, 1, 3], [0, 2, 5], [5, 3, 1], [7, 4, 2]
    box = {"top": top, "left": left, "height": height, "width": width}
    size = list(images.shape[2:])
    for mode in InterpolationMode.NEAREST, InterpolationMode.BILINEAR:
        cut = each(images, lambda image, *part: F.resized_crop(image, *part, size, mode), top, left, height, width)
        yield case("RandomResizedCrop", {"Interpolation": mode.name.capitalize()}, images, cut, **box)
    erased = each(images, lambda image, *part: F.erase(image, *part, torch.tensor(0.25)), top, left, height, width)
    yield case("RandomErasing", {"Value": 0.25}, images, erased, **box)


def places(images):
    top, left = [0, 4, 1], [3, 0, 4]
    for mode in "constant", "reflect", "edge":
        cut = each(
            images,
            lambda image, i, j: F.crop(F.pad(image, [2, 2], padding_mode=mode), i, j, *images.shape[2:]),
            top, left)
        name = {"constant": "Zeros", "reflect": "Reflect", "edge": "Replicate"}[mode]
        yield case("RandomCrop", {"Padding": 2, "PaddingMode": name}, images, cut, top=top, left=left)
    yield case("HorizontalFlip", {"Probability": 1}, images, F.hflip(images))
    yield case("VerticalFlip", {"Probability": 1}, images, F.vflip(images))


def mixtures(images):
    order, share = [2, 0, 1], 0.7
    yield case("Mixup", {}, images, share * images + (1 - share) * images[order], order=order, share=share)
    # The authors' code (Yun and others): numpy's int() truncates, and // halves.
    height, width = images.shape[2:]
    for share, row, column in (0.7, 3, 1), (0.1, 0, 6):
        side = (1 - share) ** 0.5
        half_height, half_width = int(height * side) // 2, int(width * side) // 2
        top, bottom = max(row - half_height, 0), min(row + half_height, height)
        left, right = max(column - half_width, 0), min(column + half_width, width)
        mixed = images.clone()
        mixed[:, :, top:bottom, left:right] = images[order, :, top:bottom, left:right]
        yield case("CutMix", {}, images, mixed, order=order, share=share, row=row, column=column,
                   left=1 - (bottom - top) * (right - left) / (height * width))


def cases():
    images = torch.randint(0, 101, (3, 3, 5, 7)) / 100
    images[0, :, :2] = 0.5
    images[1, 0, 3] = 1
    yield from colours(images)
    yield from maps(images)
    yield from boxes(images)
    for size in 3, 5:
        sigmas = [0.1, 0.7, 2.0]
        blurred = each(images, lambda image, sigma: F.gaussian_blur(image, [size, size], [sigma, sigma]), sigmas)
        yield case("GaussianBlur", {"KernelSize": size}, images, blurred, sigma=sigmas)
    yield from places(images)
    yield from mixtures(images)
