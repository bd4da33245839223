#!/bin/sh
# Compiles the shim: build.sh INCLUDE_DIR LIB_DIR OUTPUT. Exits with 3 where there is no compiler.
# The language standard and the string ABI follow from the libtorch that is given.
set -eu
include=$(cd "$1" && pwd -P) lib=$2 output=$3
here=$(cd "$(dirname "$0")" && pwd)
cxx=${CXX:-g++}

if ! command -v "$cxx" >/dev/null 2>&1; then
    exit 3
fi

standard=c++17
! grep -q '^#define TORCH_VERSION_MAJOR 1' "$include/torch/csrc/api/include/torch/version.h" || standard=c++14

# A libtorch of the old string ABI has torchCheckFail(char const*, char const*, unsigned, std::string const&) as RKSs.
abi=1
! grep -q 'torchCheckFailEPKcS2_jRKSs' "$lib/libc10.so" || abi=0

rpath=
case $lib in /usr/lib | /usr/lib/*-linux-gnu) ;; *) rpath="-Wl,-rpath,$lib" ;; esac

# The system's own include folder must not be named again: it would come before the compiler's.
set -- -isystem "$include/torch/csrc/api/include"
[ "$include" = /usr/include ] || set -- -isystem "$include" "$@"

mkdir -p "$(dirname "$output")"
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
for part in dispatch tensor context; do
    "$cxx" -std=$standard -O2 -fPIC -fvisibility=hidden -w -D_GLIBCXX_USE_CXX11_ABI=$abi "$@" \
        -c "$here/$part.cpp" -o "$temporary/$part.o" &
    jobs="${jobs:-} $!"
done
for job in $jobs; do wait "$job"; done
"$cxx" -shared "$temporary"/*.o -o "$output.new" -L"$lib" -Wl,--no-as-needed -ltorch_cpu -lc10 \
    -Wl,--as-needed ${rpath:+"$rpath"} -ldl
mv -f "$output.new" "$output"
