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
output=$folder/output.txt
server=$(dirname "$wine")/wineserver64

# Among many exceptions Wine's dispatcher at times calls itself until the stack overflows. The program then waits
# forever, so it is ended at once.
end_after_overflow() {
    while sleep 2; do
        if grep -q 'virtual_setup_exception stack overflow' "$output"; then "$server" -k || true; return; fi
    done
}

# A run that does not leave the file WINE_RESULT, where it is set, is repeated: five runs at most.
for attempt in 1 2 3 4 5; do
    status=0
    : >"$output"
    end_after_overflow & watcher=$!
    script -qec "$command >'$output' 2>&1" /dev/null </dev/null >/dev/null || status=$?
    kill "$watcher" 2>/dev/null || true
    [ $status -ne 124 ] || "$server" -k || true
    grep -v '^wine: Read access denied for device' "$output" | tr -d '\r' || true
    if [ -z "${WINE_RESULT:-}" ] || [ -e "$WINE_RESULT" ]; then break; fi
    echo "Run $attempt ended without a result."
done
exit $status
