#!/bin/sh
# usage: ./build.sh [build|test|test-windows|demo|bench|pack|publish|sign] [MSBuild arguments]
# For a bare Linux shell. In PowerShell: ./build.ps1 -Task Build. The tasks are in build/build.proj.
set -eu

task=${1:-build}
[ $# -eq 0 ] || shift
case $task in
    build) target=Build ;;
    test) target=Test ;;
    test-windows) target=TestWindows ;;
    demo) target=Demo ;;
    bench) target=Bench ;;
    pack) target=Pack ;;
    publish) target=Publish ;;
    sign) target=Sign ;;
    *)
        echo "usage: ./build.sh [build|test|test-windows|demo|bench|pack|publish|sign]" >&2
        exit 2
        ;;
esac

if ! command -v dotnet >/dev/null 2>&1; then
    echo "The .NET 10 SDK is needed: https://dotnet.microsoft.com/download" >&2
    exit 1
fi
project=build.proj
[ "$target" != TestWindows ] || project=windows.proj
exec dotnet msbuild "$(dirname "$0")/build/$project" -nologo -v:minimal -tl:off "-t:$target" "$@"
