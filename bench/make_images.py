"""Makes a folder of JPEG files like photographs, in ten folders of classes.

usage: make_images.py DIR WIDTH HEIGHT COUNT
"""
import pathlib
import sys

import numpy as np
from PIL import Image

folder, width, height, count = pathlib.Path(sys.argv[1]), *map(int, sys.argv[2:])
rng = np.random.default_rng(0)
for i in range(count):
    # Coarse noise made large is smooth with edges; fine noise on top makes a file of a photograph's size.
    coarse = Image.fromarray(rng.integers(0, 256, (8, 8, 3), dtype=np.uint8)).resize((width, height), Image.BICUBIC)
    fine = rng.normal(0, 12, (height, width, 1))
    path = folder / f"class{i % 10}" / f"{i:05}.jpg"
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray((np.asarray(coarse) + fine).clip(0, 255).astype(np.uint8)).save(path, quality=85)
