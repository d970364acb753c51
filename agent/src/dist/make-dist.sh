#!/bin/sh
# Makes the agent's distribution: DIST/bin/purser-agent and all that it needs, nothing else. Called by `./mvnw -Pdist package`.
#   make-dist.sh DIST AGENT_JAR TEST_CLASSPATH LIBRARIES
# PURSER_JDK names the JDK whose runtime goes in; without it, a JDK 25 beside the building one, else the building one.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
dist=$1
agent_jar=$2
test_classpath=$3
libraries=$4
port=${PURSER_TRAINING_PORT:-28282}

fail() {
    echo "make-dist: $1" >&2
    exit 3
}

choose_jdk() {
    if [ -n "${PURSER_JDK:-}" ]; then
        echo "$PURSER_JDK"
        return
    fi
    for jdk in "$JAVA_HOME"/../*25*; do
        if [ -x "$jdk/bin/jlink" ]; then
            echo "$jdk"
            return
        fi
    done
    echo "$JAVA_HOME"
}

jdk=$(choose_jdk)
[ -x "$jdk/bin/jlink" ] || fail "$jdk has no jlink; set PURSER_JDK to a JDK of version 17 or newer"
version=$("$jdk/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')
compiler=${CC:-cc}
command -v "$compiler" >/dev/null 2>&1 || fail "no C compiler was found for the launcher; install gcc or set CC"

rm -rf "$dist"
mkdir -p "$dist/bin" "$dist/lib"

# The launcher and the sender of signals: static, a kilobyte each.
for program in purser-agent purser-kill; do
    "$compiler" -Os -Wall -Wextra -Werror -static -nostdlib -ffreestanding -fno-builtin -fno-stack-protector \
        -fno-asynchronous-unwind-tables -fno-tree-loop-distribute-patterns \
        -Wl,--build-id=none,-z,noseparate-code,-z,noexecstack -s -o "$dist/bin/$program" "$here/$program.c"
done

# One jar, stored and not compressed: it is read at each start, and compresses better as a part of the image's layer.
classes=$dist/classes
mkdir "$classes"
for jar in "$libraries"/*.jar; do
    (cd "$classes" && "$jdk/bin/jar" -xf "$jar" && rm -rf META-INF module-info.class)
done
(cd "$classes" && "$jdk/bin/jar" -xf "$agent_jar")
"$jdk/bin/jar" --create --no-compress --manifest "$classes/META-INF/MANIFEST.MF" --file "$dist/lib/purser-agent.jar" -C "$classes" .
rm -rf "$classes"

# The runtime: the modules that the agent uses, with its options inside.
modules=java.base,jdk.httpserver
[ "$version" -ge 22 ] || modules=$modules,jdk.crypto.ec
options=$(sed -e '/^#/d' -e 's/^25://' "$here/jvm.options" | tr '\n' ' ')
if [ "$version" -lt 25 ]; then
    options=$(sed -e '/^#/d' -e '/^25:/d' "$here/jvm.options" | tr '\n' ' ')
fi
"$jdk/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages \
    --add-options="$options" --output "$dist/runtime"
(cd "$dist/runtime" && rm -f bin/keytool bin/jwebserver lib/jrt-fs.jar lib/jexec lib/classlist lib/server/libjsig.so lib/libjsig.so \
    lib/libsimdsort.so lib/libsyslookup.so)

# The archive of classes, from a training run: a real rendering over TLS, once and as a sidecar.
work=$dist/training
mkdir "$work"
archive=$dist/runtime/lib/server/classes.jsa
mkfifo "$work/stdin"
"$jdk/bin/java" -cp "$test_classpath" io.purser.agent.vault.TrainingStore "$work" "$port" <"$work/stdin" >"$work/log" 2>&1 &
store=$!
exec 3>"$work/stdin"
trap 'kill "$store" 2>/dev/null || true' EXIT
tries=0
until grep -q ready "$work/log"; do
    tries=$((tries + 1))
    if [ "$tries" -gt 600 ] || ! kill -0 "$store" 2>/dev/null; then
        fail "the training store did not start: $(cat "$work/log")"
    fi
    sleep 0.1
done

# Runs the agent as its launcher does, with more options for the JVM.
agent() {
    extra=$1
    shift
    # shellcheck disable=SC2086
    "$dist/runtime/bin/java" $extra "-Dpurser.kill=$dist/bin/purser-kill" -cp "$dist/lib/purser-agent.jar" io.purser.agent.run.Main "$@"
}

agent "-XX:DumpLoadedClassList=$work/once.classes" --config "$work/config.json" --root "$work" --once >"$work/agent.log" 2>&1 ||
    fail "the training run failed: $(cat "$work/agent.log")"
agent "-XX:DumpLoadedClassList=$work/sidecar.classes" --config "$work/config.json" --root "$work" >>"$work/agent.log" 2>&1 &
sidecar=$!
tries=0
until "$jdk/bin/java" "$here/Probe.java" "http://127.0.0.1:$port/readyz" "http://127.0.0.1:$port/metrics" 2>/dev/null; do
    tries=$((tries + 1))
    if [ "$tries" -gt 60 ] || ! kill -0 "$sidecar" 2>/dev/null; then
        fail "the training sidecar did not get ready: $(cat "$work/agent.log")"
    fi
    sleep 0.2
done
sleep 3 # a refresh or two
kill -TERM "$sidecar"
wait "$sidecar" || fail "the training sidecar did not end well: $(cat "$work/agent.log")"
exec 3>&-

cat "$work/once.classes" >"$work/all.classes"
grep -vxFf "$work/once.classes" "$work/sidecar.classes" >>"$work/all.classes" || true
linking=
[ "$version" -lt 25 ] || linking=-XX:+AOTClassLinking
agent "-Xshare:dump -Xlog:cds=error -Xlog:cds+resolve=error $linking -XX:SharedClassListFile=$work/all.classes -XX:SharedArchiveFile=$archive" >"$work/dump.log" 2>&1 ||
    fail "the archive of classes could not be made: $(cat "$work/dump.log")"
[ -s "$archive" ] || fail "the archive of classes is missing: $(cat "$work/dump.log")"
rm -rf "$work"

"$dist/bin/purser-agent" --version
