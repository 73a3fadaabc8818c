"""Draws small pictures under the names of the photos and the painting of samples/style_transfer: photos.py FOLDER"""
import os
import sys

import numpy as np
from PIL import Image

os.makedirs(sys.argv[1], exist_ok=True)
y, x = np.mgrid[0:96, 0:110] / 96
for number, name in enumerate(("astronaut.png", "coffee.png", "rocket.jpg", "motorcycle_left.png", "chelsea.png", "painting.png")):
    waves = [0.5 + 0.5 * np.sin((3 + number) * (x * (1 + channel) + y * (number - channel))) for channel in range(3)]
    Image.fromarray((255 * np.stack(waves, 2)).astype("u1")).save(os.path.join(sys.argv[1], name))
