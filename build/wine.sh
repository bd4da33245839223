#!/bin/sh
# usage: build/wine.sh PROGRAM.exe [arguments]
# Runs a Windows program under Wine, with a Windows of its own in artifacts/windows/prefix. Exit code: the program's;
# 3 if there is no Wine (Debian: apt-get install wine64).
set -eu

wine=
for name in wine64 wine64-stable /usr/lib/wine/wine64 wine; do
    if command -v "$name" >/dev/null 2>&1; then wine=$(command -v "$name"); break; fi
done
[ "$wine" ] || { echo 'Wine is not installed: no wine64 was found.' >&2; exit 3; }

folder=$(cd "$(dirname "$0")/.." && pwd)/artifacts/windows
# Of Wine's own messages only those of a thread that it gives up, after which a program waits forever.
export WINEPREFIX="$folder/prefix" WINEDEBUG=-all,err+seh,err+virtual
# No debugger is to print the registers of a program that fails, and texts have no colour codes.
export WINEDLLOVERRIDES=winedbg.exe=d NO_COLOR=1
# Intel's OpenMP and .NET's protection of its code ask for what Wine 8 does not have.
export KMP_AFFINITY=disabled DOTNET_EnableWriteXorExecute=0
mkdir -p "$folder"
if [ ! -e "$WINEPREFIX/ready" ]; then
    rm -rf "$WINEPREFIX"
    "$wine" wineboot -i >/dev/null 2>&1
    "$wine" winecfg /v win10 >/dev/null 2>&1
    touch "$WINEPREFIX/ready"
fi

# PowerShell needs a console, which Wine makes of a terminal; script gives one. Output goes to a file, or Wine would
# draw it as a screen. A program that hangs is ended after WINE_LIMIT seconds, with all that it started.
command=$(printf "'%s' " timeout --foreground -k 10 "${WINE_LIMIT:-900}" "$wine" "$@")
status=0
script -qec "$command >'$folder/output.txt' 2>&1" /dev/null </dev/null >/dev/null || status=$?
[ $status -ne 124 ] || WINEPREFIX="$folder/prefix" "$(dirname "$wine")/wineserver64" -k || true
grep -v '^wine: Read access denied for device' "$folder/output.txt" | tr -d '\r' || true
exit $status
