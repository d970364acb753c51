#!/bin/sh
# Puts into an image what it must bear: our licence, the libraries with theirs and the texts that they come with, and those of the
# base's C library, OpenSSL and busybox. Called by the Dockerfiles after Maven has listed the libraries of each module.
#   add-licences.sh ROOT MODULE:FOLDER...        FOLDER has the module's libraries, below its target
# The text of Apache-2.0, under which most are, is that of our own licence; those that a library's jar lacks are in licenses/.
set -eu

root=$1
shift
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
jar=$(dirname "$(readlink -f "$(command -v javac)")")/jar

mkdir -p "$root/licenses"
cp "$here/../../LICENSE" "$root/licenses/LICENSE"
for part; do
    module=${part%:*}
    cp "$here/../../$module/target/generated-sources/license/THIRD-PARTY.txt" "$root/licenses/THIRD-PARTY-$module.txt"
    for library in "$here/../../$module/target/${part#*:}"/*.jar; do
        name=$(basename "$library" .jar)
        # shellcheck disable=SC2046
        set -- $("$jar" --list --file "$library" | grep -iE '^(META-INF/)?[^/]*(LICENSE|NOTICE)[^/]*$|^META-INF/license/.*[^/]$' | grep -v '[.]class$')
        [ $# -eq 0 ] || (mkdir -p "$root/licenses/$name" && cd "$root/licenses/$name" && "$jar" --extract --file "$library" "$@")
        for text in "$here"/licenses/*.txt; do
            case $name in "$(basename "$text" .txt)"-*) mkdir -p "$root/licenses/$name" && cp "$text" "$root/licenses/$name/LICENSE.txt" ;; esac
        done
    done
done
for package in libc6 libssl-dev busybox-static; do
    text=/usr/share/doc/$package/copyright
    [ ! -f "$text" ] || cp -L "$text" "$root/licenses/$package.txt"
done
