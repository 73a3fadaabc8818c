#!/usr/bin/python3
"""Checks power difference and sigmoid of operators.mlu as operators of PyTorch, and trains a small network through them."""
import argparse
import math
import pathlib
import sys
import warnings

import torch

import bang_torch

HERE = pathlib.Path(__file__).resolve().parent


def difference(found, expected):
    return (found.double() - expected.double()).abs().max().item()


def check_values():
    """Results and gradients beside PyTorch's own operators, which compute in double."""
    torch.manual_seed(1)
    passed = True
    for dtype, limit in ((torch.float32, 2e-6), (torch.float16, 4e-3)):
        a = (torch.rand(37, 301) * 2).to(dtype)
        b = (torch.rand(301, 37) * 2).to(dtype).t()  # not dense
        dy = torch.rand(37, 301).to(dtype)
        for name, arguments, ours, theirs in (
                ("power_difference", (a, b), lambda a, b: torch.ops.bang.power_difference(a, b, 3), lambda a, b: (a - b) ** 3),
                ("sigmoid", (a * 8 - 8,), torch.ops.bang.sigmoid, torch.sigmoid)):
            found = [x.detach().clone(memory_format=torch.preserve_format).requires_grad_() for x in arguments]
            expected = [x.detach().double().requires_grad_() for x in arguments]
            y, z = ours(*found), theirs(*expected)
            y.backward(dy)
            z.backward(dy.double())
            gradient = max(difference(x.grad, e.grad) for x, e in zip(found, expected))
            value = difference(y.detach(), z.detach())
            # a result of 8 and a gradient of 12 are rounded to units of their size
            ok = value <= limit * max(1, z.abs().max().item()) and gradient <= limit * max(1, expected[0].grad.abs().max().item())
            print(f"{name:16} {str(dtype)[6:]}: differs by {value:.1e}, its gradient by {gradient:.1e} {'ok' if ok else 'FAIL'}")
            passed &= ok
    return passed


def check_gradients():
    """gradcheck compares with differences of function values. It wants double; the card has float, so the step is 0.02, where
    rounding (1e-7 / 0.02) and curvature (0.02^2) are both far below the tolerance of 0.001."""
    torch.manual_seed(2)
    warnings.filterwarnings("ignore", message=".*double precision floating point.*")
    a, b = (torch.rand(5, 7, requires_grad=True) for _ in range(2))
    passed = True
    for name, function, arguments in (("power_difference", lambda a, b: torch.ops.bang.power_difference(a, b, 3), (a, b)),
                                      ("sigmoid", torch.ops.bang.sigmoid, (a,))):
        ok = torch.autograd.gradcheck(function, arguments, eps=0.02, atol=1e-3, rtol=1e-3, raise_exception=False)
        print(f"{name:16} gradcheck in float: {'ok' if ok else 'FAIL'}")
        passed &= ok
    return passed


def check_refusals():
    """What the card cannot do is said, not computed wrongly."""
    passed = True
    for what, call in (("double", lambda: torch.ops.bang.sigmoid(torch.zeros(2, dtype=torch.float64))),
                       ("other shape", lambda: torch.ops.bang.power_difference(torch.zeros(2), torch.zeros(3), 2))):
        try:
            call()
            print(f"{what}: was taken FAIL")
            passed = False
        except RuntimeError as error:
            print(f"{what}: {str(error).splitlines()[0]}")
    return passed


class Moons:
    """Points on two interlocked half circles, with noise."""

    def __init__(self, count, seed):
        generator = torch.Generator().manual_seed(seed)
        angle = math.pi * torch.rand(count, generator=generator)
        self.label = (torch.rand(count, generator=generator) < 0.5).float()
        x, y = torch.cos(angle), torch.sin(angle)
        x, y = torch.where(self.label > 0, 1 - x, x), torch.where(self.label > 0, 0.5 - y, y)
        self.point = torch.stack([x, y], 1) + 0.1 * torch.randn(count, 2, generator=generator)


class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = torch.nn.Linear(2, 24)
        self.answer = torch.nn.Linear(24, 1)

    def forward(self, x):
        return torch.ops.bang.sigmoid(self.answer(torch.ops.bang.sigmoid(self.hidden(x)))).squeeze(1)


def train(steps):
    """Both sigmoids, the loss (p - label)^2 and all their gradients are computed on the card."""
    torch.manual_seed(3)
    network = Network()
    optimiser = torch.optim.Adam(network.parameters(), 0.05)
    training, test = Moons(400, 4), Moons(400, 5)
    losses = []
    for step in range(1, steps + 1):
        loss = torch.ops.bang.power_difference(network(training.point), training.label, 2).mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
        if step == 1 or step % (steps // 5) == 0:
            print(f"step {step:3}: loss {losses[-1]:.4f}", flush=True)
    with torch.no_grad():
        right = ((network(test.point) > 0.5).float() == test.label).float().mean().item()
    ok = right >= 0.95 and losses[-1] < losses[0] / 5
    print(f"{'PASS' if ok else 'FAIL'} {100 * right:.1f} % of 400 test points are recognised")
    return ok


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=200, help="steps of the training (default: 200)")
    options = parser.parse_args()
    torch.set_num_threads(1)  # the tensors are small
    bang_torch.load(HERE / "operators.mlu", HERE / "operators.cpp")
    passed = [check_values(), check_gradients(), check_refusals()]
    passed.append(train(max(options.steps, 5)))
    sys.exit(0 if all(passed) else 1)


if __name__ == "__main__":
    main()
