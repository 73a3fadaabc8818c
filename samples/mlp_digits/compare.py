#!/usr/bin/env python3
"""Trains the network of mlp_digits with NumPy on the data, weights and order of a run, and compares step by step.

usage: compare.py FOLDER    a folder that `mlp_digits --dump FOLDER` filled
"""
import sys

import numpy as np

BATCH, RATE, MOMENTUM = 50, np.float32(0.05), np.float32(0.9)
SHAPES = [(100, 784), (100,), (10, 100), (10,)]


def split(values):
    parts, first = [], 0
    for shape in SHAPES:
        size = int(np.prod(shape))
        parts.append(values[first:first + size].reshape(shape).copy())
        first += size
    return parts


def main():
    folder = sys.argv[1] + "/"
    pixels = np.fromfile(folder + "pixels.f32", np.float32).reshape(-1, 784)
    labels = np.fromfile(folder + "labels.i32", np.int32)
    losses = np.fromfile(folder + "losses.f32", np.float32)
    after = np.fromfile(folder + "weights_after.f32", np.float32)
    w1, b1, w2, b2 = weights = split(np.fromfile(folder + "weights_before.f32", np.float32))
    velocities = [np.zeros_like(w) for w in weights]
    steps = len(labels) // BATCH
    worst = 0.0
    for number, found in enumerate(losses):
        part = slice(number % steps * BATCH, number % steps * BATCH + BATCH)
        x, classes = pixels[part], labels[part]
        hidden = np.maximum(x @ w1.T + b1, 0)
        logits = hidden @ w2.T + b2
        shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
        share = shifted / shifted.sum(axis=1, keepdims=True)
        loss = -np.log(share[np.arange(BATCH), classes]).mean()
        worst = max(worst, abs(float(loss) - float(found)) / max(float(loss), 0.05))
        share[np.arange(BATCH), classes] -= 1
        share /= BATCH
        back = (share @ w2) * (hidden > 0)
        for w, v, g in zip(weights, velocities, (back.T @ x, back.sum(axis=0), share.T @ hidden, share.sum(axis=0))):
            v *= MOMENTUM
            v += g
            w -= RATE * v
    apart = np.abs(np.concatenate([w.ravel() for w in weights]) - after).max()
    passed = worst < 1e-4 and apart < 1e-4
    print(f"{len(losses)} steps: losses differ by at most {worst:.1e} of their size, weights by {apart:.1e}")
    print("PASS" if passed else "FAIL")
    sys.exit(0 if passed else 1)


main()
