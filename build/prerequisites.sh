#!/bin/sh
# Makes sure that a C++ compiler, a libtorch and a JPEG decoder are there, where apt can install them. Without apt, or without the right
# to use it, it says what is missing; the build then takes the TorchSharp package instead.
set -eu

missing=''
command -v g++ >/dev/null 2>&1 || missing="$missing g++"
if [ -z "${DEEPPS_LIBTORCH:-}" ]; then
    [ -e /usr/include/ATen/core/Tensor.h ] || missing="$missing libtorch-dev"
    # The reference BLAS that comes by default makes a training step some 25 times slower.
    ldconfig -p | grep -q libopenblas || missing="$missing libopenblas0-pthread"
fi
ldconfig -p | grep -q libturbojpeg || missing="$missing libturbojpeg0"
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "Not found:$missing. Install them, or set DEEPPS_LIBTORCH to a libtorch; else the TorchSharp package is used."
    exit 0
fi

as_root=''
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "Not found:$missing. Install them as root: apt-get install$missing"
        exit 0
    fi
    as_root=sudo
fi

echo "Installing:$missing"
$as_root apt-get update -qq
# Ubuntu's name for it.
apt-cache show libturbojpeg0 >/dev/null 2>&1 || missing=$(echo "$missing" | sed s/libturbojpeg0/libturbojpeg/)
# shellcheck disable=SC2086 # one word a package
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
