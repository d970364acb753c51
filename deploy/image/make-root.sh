#!/bin/sh
# Makes the root of an image without a distribution: the C library that the Java runtime needs, and nothing that could
# run but what is copied in. Called by the Dockerfiles.
#   make-root.sh ROOT HOME        copies HOME to the same place below ROOT, and the libraries it is linked with
set -eu

root=$1
home=$2

mkdir -p "$root$(dirname "$home")" "$root/etc" "$root/tmp" "$root/var/empty"
chmod 1777 "$root/tmp"
cp -a "$home" "$root$home"

find "$home" -type f \( -name '*.so' -o -path '*/bin/*' \) -exec ldd {} + 2>/dev/null |
    sed -n 's/^[^/]*\(\/[^ ]*\) (0x.*/\1/p' | grep -v "^$home" | sort -u |
    while read -r library; do
        mkdir -p "$root$(dirname "$library")"
        cp -L "$library" "$root$library"
    done

echo 'purser:x:65532:65532:purser:/:/nonexistent' >"$root/etc/passwd"
echo 'purser:x:65532:' >"$root/etc/group"
echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
