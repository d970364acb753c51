#!/bin/sh
# Puts into an image what it must bear: our licence, and the libraries with theirs. Called by the
# Dockerfiles after Maven has listed the libraries of each module.
#   add-licences.sh ROOT MODULE...
set -eu

root=$1
shift
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

mkdir -p "$root/licenses"
cp "$here/../../LICENSE" "$root/licenses/LICENSE"
for module; do
    cp "$here/../../$module/target/generated-sources/license/THIRD-PARTY.txt" "$root/licenses/THIRD-PARTY-$module.txt"
done
