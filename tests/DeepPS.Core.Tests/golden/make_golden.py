#!/usr/bin/env python3
"""Golden values from PyTorch for the tests of DeepPS.Core.

usage: python3 make_golden.py [NAME ...]        (with torch, numpy and scikit-learn; all sets if none is named)

Each script beside this one that has a function cases() is a set: NAME.py makes NAME.json. A set with several families is
named after both: layers_pooling, layers_recurrent. Each file is JSON with one case per line. A tensor is
{"shape": [...], "data": [...]}, its numbers float32 in their shortest exact form, or int64. Settings are those of the
DeepPS catalog. The tests need only the files, not Python.

Each case has its own seed, made from the set's name and the case's number in the set: a case added at the end of a set
leaves all others as they are. The architectures draw nothing: their weights follow a rule (networks.py), and deep
networks differ in the last digits from processor to processor, so regenerate those only when a case changes.
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
