#!/bin/sh
# Cuts the whole list of TorchSharp's API to the types that TorchSharp.System has:
#   cut.sh WHOLE_LIST TYPES > torchsharp-0.107.txt
# TYPES has the full name of a type a line. Run it again when a type is added.
set -eu
awk -F ' [|] ' 'NR == FNR { kept[$0]; next } $1 in kept' "$2" "$1"
