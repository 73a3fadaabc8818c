"""Writes a small network with random weights for samples/style_transfer, and what NumPy in double computes from it.

usage: style_transfer.py FOLDER [SIZE]    the formats are told in samples/style_transfer/network.h
"""
import os
import sys

import numpy as np


def convolution(x, filters, stride, bias):
    """Each output pixel by its definition: the sum over window and channels, zeros beyond the border."""
    window = filters.shape[1]
    pad = window // 2
    padded = np.pad(x, ((pad, pad), (pad, pad), (0, 0)))
    height, width = (x.shape[0] - 1) // stride + 1, (x.shape[1] - 1) // stride + 1
    y = np.zeros((height, width, filters.shape[0])) + bias
    for i in range(height):
        for j in range(width):
            patch = padded[i * stride:i * stride + window, j * stride:j * stride + window]
            y[i, j] += np.tensordot(filters, patch, 3)
    return y


def main():
    folder = sys.argv[1]
    size = int(sys.argv[2]) if len(sys.argv) > 2 else 32
    random = np.random.default_rng(7)
    steps, weights = [], []

    def conv(x, channels, window, stride=1, bias=False):
        filters = random.normal(0, (window * window * x.shape[2]) ** -0.5, (channels, window, window, x.shape[2])).astype("f4")
        weights.append(filters)
        shift = np.zeros(channels, "f4")
        if bias:
            shift = random.normal(0, 0.5, channels).astype("f4")
            weights.append(shift)
        steps.append(f"convolution {x.shape[2]} {channels} {window} {stride}{' bias' if bias else ''}")
        return convolution(x, filters.astype("f8"), stride, shift)

    def norm(x, relu):
        scale, shift = random.uniform(0.5, 1.5, x.shape[2]).astype("f4"), random.normal(0, 0.3, x.shape[2]).astype("f4")
        weights.extend((scale, shift))
        steps.append(f"normalise {x.shape[2]}{' relu' if relu else ''}")
        y = (x - x.mean((0, 1))) / np.sqrt(x.var((0, 1)) + 1e-5) * scale + shift
        return np.maximum(y, 0) if relu else y

    image = random.random((size, size + 4, 3)).astype("f4")
    x = image.astype("f8")
    x = norm(conv(x, 5, 9), True)
    past = x  # goes past all of the rest: remembered images are a stack
    steps.append("keep")
    x = norm(conv(x, 8, 3, 2), True)
    x = norm(conv(x, 12, 3, 2), True)
    for _ in range(2):
        kept = x
        steps.append("keep")
        x = norm(conv(x, 12, 3), True)
        x = norm(conv(x, 12, 3), False) + kept
        steps.append("add")
    for channels in (8, 5):
        x = x.repeat(2, 0).repeat(2, 1)
        steps.append("upsample")
        x = norm(conv(x, channels, 3), True)
    x = x + past
    steps.append("add")
    x = 1 / (1 + np.exp(-conv(x, 3, 9, 1, True)))
    steps.append("sigmoid")

    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "network.txt"), "w", encoding="utf-8") as file:
        print(image.shape[0], image.shape[1], *steps, sep="\n", file=file)
    for name, values in (("weights", np.concatenate([w.ravel() for w in weights])), ("input", image), ("expected", x)):
        values.astype("<f4").tofile(os.path.join(folder, name + ".f32"))


if __name__ == "__main__":
    main()
