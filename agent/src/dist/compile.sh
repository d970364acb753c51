#!/bin/sh
# Compiles a program or library of this folder that needs no C library, with the compiler that CC names or `cc`.
#   compile.sh OUTPUT NAME OPTION...
set -eu

output=$1
source=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)/$2.c
shift 2
compiler=${CC:-cc}
command -v "$compiler" >/dev/null 2>&1 || { echo "compile: no C compiler was found; install gcc or set CC" >&2; exit 3; }
"$compiler" -Os -Wall -Wextra -Werror "$@" -nostdlib -ffreestanding -fno-builtin -fno-stack-protector -fno-asynchronous-unwind-tables \
    -fno-tree-loop-distribute-patterns -Wl,--build-id=none,-z,noseparate-code,-z,noexecstack -s -o "$output" "$source"
