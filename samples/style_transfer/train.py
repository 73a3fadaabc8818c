#!/usr/bin/python3
"""Trains the network that gives photos the style of a painting, and writes it with a photo for style_transfer.cpp."""
import argparse
import hashlib
import math
import pathlib
import sys
import time

import numpy as np
import torch
from PIL import Image

import network
import style

PAINTING = "/usr/share/wallpapers/Theme-Park-Disaster-1.JPG"  # of the package propaganda-debian
TRAINING = ("astronaut.png", "coffee.png", "rocket.jpg", "motorcycle_left.png")
PHOTO = "chelsea.png"  # the network has not seen it
HERE = pathlib.Path(__file__).resolve().parent


def load(path, shorter):
    """A picture whose shorter side has so many pixels, as channels, height, width from 0 to 1."""
    try:
        image = Image.open(path).convert("RGB")
    except OSError as error:
        sys.exit(f"cannot read the picture {path}: {error.strerror or error}")
    scale = shorter / min(image.size)
    image = image.resize([max(round(side * scale), shorter) for side in image.size], Image.BICUBIC)
    return torch.from_numpy(np.asarray(image).astype("f4") / 255).permute(2, 0, 1).contiguous()


def stretched(image):
    """From black to white, but for the hundredth part at each end: a pale painting would make pale pictures."""
    low, high = torch.quantile(image.flatten()[::7], torch.tensor([0.01, 0.99]))
    return ((image - low) / (high - low)).clamp(0, 1)


def save(image, path):
    Image.fromarray((image.permute(1, 2, 0).numpy() * 255 + 0.5).astype("u1")).save(path)


def piece(photos, side, random):
    """A square of a photo, half of the times mirrored, as a batch of one."""
    photo = photos[random.integers(len(photos))]
    y, x = (random.integers(length - side + 1) for length in photo.shape[1:])
    square = photo[None, :, y:y + side, x:x + side]
    return square.flip(3) if random.integers(2) else square


def train(photos, painting, options):
    torch.manual_seed(options.seed)
    random = np.random.default_rng(options.seed)
    painter = network.painter(tuple(options.channels), options.residuals)
    print(f"training {sum(p.numel() for p in painter.parameters())} weights in {options.steps} steps", flush=True)
    wanted = style.Style(painting)
    optimiser = torch.optim.Adam(painter.parameters())
    began = time.monotonic()
    for step in range(1, options.steps + 1):
        done = (step - 1) / options.steps
        for group in optimiser.param_groups:  # the second half of the steps become smaller and smaller
            group["lr"] = 0.004 * (1 if done < 0.5 else 0.51 - 0.5 * math.cos(2 * math.pi * done))
        photo = piece(photos, options.side, random)
        picture = painter(photo)
        strange, away = wanted(picture), style.content(picture, photo)
        optimiser.zero_grad()
        (strange + 0.15 * away).backward()
        optimiser.step()
        if step % max(options.steps // 20, 1) == 0:
            print(f"step {step:4}: style {strange.item():.3f}, content {away.item():.3f}, {time.monotonic() - began:.0f} s", flush=True)
    return painter


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path, help="for the network, the photo and what PyTorch makes of it")
    parser.add_argument("--photos", type=pathlib.Path, required=True, help="folder of " + ", ".join((*TRAINING, PHOTO)))
    parser.add_argument("--painting", type=pathlib.Path, default=PAINTING, help="whose style is learned (default: %(default)s)")
    parser.add_argument("--photo", type=pathlib.Path, help=f"what is painted (default: {PHOTO} of the folder)")
    parser.add_argument("--size", type=int, default=256, help="height and width of the photo (default: 256)")
    parser.add_argument("--steps", type=int, default=1500, help="of the training (default: 1500)")
    parser.add_argument("--side", type=int, default=128, help="of the pieces it trains with (default: 128)")
    parser.add_argument("--channels", type=int, nargs=3, default=(16, 32, 48), help="of whole, half and quarter size")
    parser.add_argument("--residuals", type=int, default=4, help="residual blocks (default: 4)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(1)  # threads that wait for each other cost more than they bring, and one adds in one order
    options.folder.mkdir(parents=True, exist_ok=True)

    # What the weights depend on; when nothing of it changed, they are there.
    settings = repr((sorted((k, str(v)) for k, v in vars(options).items() if k not in ("folder", "photo", "size")),
                     torch.__version__, *[(HERE / name).read_text() for name in ("network.py", "style.py", "train.py")]))
    kept = options.folder / f"weights-{hashlib.sha256(settings.encode()).hexdigest()[:12]}.pt"
    painter = network.painter(tuple(options.channels), options.residuals)
    if kept.exists():
        print(f"the network is trained: {kept}")
        painter.load_state_dict(torch.load(kept))
    else:
        photos = [load(options.photos / name, options.side * scale // 4) for name in TRAINING for scale in (5, 8, 10)]
        painter = train(photos, stretched(load(options.painting, 256))[None], options)
        torch.save(painter.state_dict(), kept)

    photo = load(options.photo or options.photos / PHOTO, options.size)
    y, x = ((length - options.size) // 2 for length in photo.shape[1:])
    photo = photo[:, y:y + options.size, x:x + options.size].contiguous()
    painted = network.export(painter, photo, options.folder)
    numbers = (options.folder / "weights.f32").read_bytes()
    print(f"{len(numbers) // 4} weights, checksum {hashlib.sha256(numbers).hexdigest()[:16]}")
    save(photo, options.folder / "photo.png")
    save(painted, options.folder / "pytorch.png")


if __name__ == "__main__":
    main()
