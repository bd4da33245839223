#!/usr/bin/env python3
"""Golden values from PyTorch for the tests of DeepPS.Core.

usage: python3 make_golden.py [NAME ...]        (with torch, numpy and scikit-learn; all sets where none is named)

Each script beside this one that has a function cases() is a set: NAME.py makes NAME.json. A set of a kind that is parted
into families is named after both: layers_pooling, layers_recurrent. Each file is JSON. A tensor is
{"shape": [...], "data": [...]}, its numbers float32 in their shortest exact form, or int64. Settings are those of the
DeepPS catalog. The tests need the files alone, not Python.
"""
import importlib
import json
import pathlib
import sys

import torch

HERE = pathlib.Path(__file__).resolve().parent


def write(name, content):
    path = HERE / (name + ".json")
    with open(path, "w") as file:
        json.dump({"torch": torch.__version__, "cases": content}, file, separators=(",", ":"), allow_nan=False)
        file.write("\n")
    print(f"{name}.json: {len(content)} cases, {path.stat().st_size} bytes")


def main():
    print("torch", torch.__version__)
    torch.set_num_threads(1)
    for name in sys.argv[1:] or sorted(path.stem for path in HERE.glob("*.py")):
        make = getattr(importlib.import_module(name), "cases", None) if name != "make_golden" else None
        if make is None:
            continue
        torch.manual_seed(0)
        write(name, list(make()))


main()
