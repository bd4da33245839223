#!/usr/bin/env python3
"""Golden values from PyTorch for the tests of DeepPS.Core.

usage: python3 make_golden.py [NAME ...]        (needs torch, numpy and scikit-learn; makes all sets by default)

Each script in this folder that has a function cases() is a set: NAME.py makes NAME.json. A family of a larger set has
the names of both: layers_pooling, layers_recurrent. Each file is JSON with one case per line. A tensor is
{"shape": [...], "data": [...]}: float32 numbers in their shortest exact form, or int64. Settings have the names of the
DeepPS catalog. The tests need only the files, not Python.

Each case has its own seed, from the name of the set and the number of the case in it: adding a case at the end of a set
does not change the others. The architectures use no random numbers: a rule gives their weights (networks.py). The last
digits of deep networks differ between processors, so regenerate those only when a case changes.
"""
import importlib
import itertools
import json
import pathlib
import sys
import zlib

import torch

HERE = pathlib.Path(__file__).resolve().parent


def seeded(name, make):
    """The cases of a set, with torch seeded before each one."""
    made = iter(make())
    for number in itertools.count():
        torch.manual_seed(zlib.crc32(f"{name} {number}".encode()))
        case = next(made, None)
        if case is None:
            return
        yield case


def write(name, content):
    path = HERE / (name + ".json")
    lines = ",\n".join(json.dumps(case, separators=(",", ":"), allow_nan=False) for case in content)
    with open(path, "w") as file:
        file.write(f'{{"torch":{json.dumps(torch.__version__)},"cases":[\n{lines}\n]}}\n')
    print(f"{name}.json: {len(content)} cases, {path.stat().st_size} bytes")


def main():
    print("torch", torch.__version__)
    torch.set_num_threads(1)
    for name in sys.argv[1:] or sorted(path.stem for path in HERE.glob("*.py")):
        make = getattr(importlib.import_module(name), "cases", None) if name != "make_golden" else None
        if make is None:
            continue
        write(name, list(seeded(name, make)))


main()
