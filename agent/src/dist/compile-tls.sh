#!/bin/sh
# Compiles the library that joins the agent to OpenSSL, which becomes a part of it, so that the distribution needs none where it runs.
#   compile-tls.sh OUTPUT JAVA_HOME
# The compiler is the one that CC names or `cc`; the JDK is one with include/jni.h.
set -eu

output=$1
java_home=$2
source=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)/purser-tls.c
compiler=${CC:-cc}

fail() {
    echo "compile-tls: $1" >&2
    exit 3
}

command -v "$compiler" >/dev/null 2>&1 || fail "no C compiler was found; install gcc or set CC"
[ -f "$("$compiler" -print-file-name=libssl.a)" ] || fail "OpenSSL is not there to be built in; install libssl-dev"
# What nothing uses is left out, and of OpenSSL's names none is seen by other libraries.
"$compiler" -O2 -Wall -Wextra -Werror -shared -fPIC -fvisibility=hidden -fstack-protector-strong -I"$java_home/include" -I"$java_home/include/linux" \
    -o "$output" "$source" -Wl,-Bstatic -lssl -lcrypto -Wl,-Bdynamic -Wl,--gc-sections,--exclude-libs,ALL,-z,relro,-z,now,-z,noexecstack -s
