"""network.py: the network that repaints a picture, as PyTorch trains it, and as the files that style_transfer.cpp reads."""
import pathlib

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


class Files:
    """The steps and their numbers, in the format of network.h."""

    def __init__(self):
        self.steps = []
        self.weights = []

    def step(self, text, *weights):
        self.steps.append(text)
        self.weights.extend(weight.detach().numpy().ravel() for weight in weights)


class Convolution(nn.Module):
    """A convolution that pads with zeros, and what usually follows it: each channel gets its own mean and deviation, relu."""

    def __init__(self, channels_in, channels, window, stride=1, norm=True, relu=True):
        super().__init__()
        self.convolution = nn.Conv2d(channels_in, channels, window, stride, window // 2, bias=not norm)
        self.norm = nn.InstanceNorm2d(channels, affine=True) if norm else None
        self.relu = relu

    def forward(self, x):
        y = self.convolution(x)
        if self.norm:
            y = self.norm(y)
        return F.relu(y) if self.norm and self.relu else y

    def export(self, files):
        c = self.convolution
        shape = f"convolution {c.in_channels} {c.out_channels} {c.kernel_size[0]} {c.stride[0]}"
        filters = c.weight.permute(0, 2, 3, 1)  # channels last, as the card wants them
        if not self.norm:
            files.step(shape + " bias", filters, c.bias)
            return
        files.step(shape, filters)
        files.step(f"normalise {c.out_channels}{' relu' if self.relu else ''}", self.norm.weight, self.norm.bias)


class Residual(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.first = Convolution(channels, channels, 3)
        self.second = Convolution(channels, channels, 3, relu=False)

    def forward(self, x):
        return x + self.second(self.first(x))

    def export(self, files):
        files.step("keep")
        self.first.export(files)
        self.second.export(files)
        files.step("add")


class Halved(nn.Module):
    """Parts that work on half the size; what they make is added to what they got, so that fine lines go past them."""

    def __init__(self, channels, smaller, *parts):
        super().__init__()
        self.down = Convolution(channels, smaller, 3, 2)
        self.parts = nn.Sequential(*parts)
        self.up = Convolution(smaller, channels, 3)

    def forward(self, x):
        return x + self.up(F.interpolate(self.parts(self.down(x)), scale_factor=2, mode="nearest"))

    def export(self, files):
        files.step("keep")
        self.down.export(files)
        for part in self.parts:
            part.export(files)
        files.step("upsample")
        self.up.export(files)
        files.step("add")


class Sigmoid(nn.Module):
    def forward(self, x):
        return torch.sigmoid(x)

    def export(self, files):
        files.step("sigmoid")


def painter(channels=(16, 32, 48), residuals=4):
    """Residual blocks at a quarter of the size, within half of the size, within the whole."""
    a, b, c = channels
    quarter = Halved(b, c, *[Residual(c) for _ in range(residuals)])
    return nn.Sequential(Convolution(3, a, 9), Halved(a, b, quarter), Convolution(a, 3, 9, norm=False), Sigmoid())


def export(network, photo, folder):
    """Writes network, photo (channels, height, width) and what PyTorch computes from it; gives the latter."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with torch.no_grad():
        painted = network(photo[None])[0]
    files = Files()
    for part in network:
        part.export(files)
    (folder / "network.txt").write_text("\n".join([str(photo.shape[1]), str(photo.shape[2]), *files.steps, ""]))
    np.concatenate(files.weights).astype("<f4").tofile(folder / "weights.f32")
    for name, image in (("input", photo), ("expected", painted)):
        image.permute(1, 2, 0).contiguous().numpy().astype("<f4").tofile(folder / f"{name}.f32")
    return painted
