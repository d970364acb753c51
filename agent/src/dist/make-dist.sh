#!/bin/sh
# Makes the agent's distribution: DIST/bin/purser-agent and the runtime that it starts, nothing else. Called by
# `./mvnw -Pdist package`.
#   make-dist.sh DIST VERSION CLASSES TEST_CLASSPATH LIBRARIES
# PURSER_JDK names the JDK whose runtime goes in; without it, a JDK 25 beside the building one, else the building one.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
dist=$1
agent_version=$2
agent_classes=$3
test_classpath=$4
libraries=$5
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

rm -rf "$dist"
mkdir -p "$dist/bin"
work=$dist/training
mkdir "$work"

# The launcher and the sender of signals: static, a kilobyte each.
"$here/compile.sh" "$dist/bin/purser-agent" purser-agent -static
"$here/compile.sh" "$dist/bin/purser-kill" purser-kill -static

# The agent and its libraries as one module. In the runtime image they need no jar, and the archive of classes stays
# valid wherever the image is unpacked: a class path's names and times are checked, the image's are not.
mkdir "$work/module"
for jar in "$libraries"/*.jar; do
    (cd "$work/module" && "$jdk/bin/jar" -xf "$jar" && rm -rf META-INF module-info.class)
done
cp -r "$agent_classes/." "$work/module/"
"$jdk/bin/javac" --release 17 --patch-module "io.purser.agent=$work/module" -d "$work/module" "$here/module/module-info.java"
"$jdk/bin/jar" --create --file "$work/purser-agent.jar" --module-version "$agent_version" -C "$work/module" .

# The runtime: the modules that the agent uses, with its options inside.
modules=io.purser.agent
[ "$version" -ge 22 ] || modules=$modules,jdk.crypto.ec # part of java.base since
options=$(sed -e '/^#/d' "$here/jvm.options" | tr '\n' ' ')
[ "$version" -lt 18 ] || options="$options--finalization=disabled " # nothing here has finalizers, so no thread for them
[ "$version" -lt 22 ] || options="$options--enable-native-access=io.purser.agent" # libpurser-pages.so and libpurser-tls.so
"$jdk/bin/jlink" --module-path "$work/purser-agent.jar" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages \
    --add-options="$options" --output "$dist/runtime"
(cd "$dist/runtime" && rm -f bin/keytool bin/jwebserver lib/jrt-fs.jar lib/jexec lib/classlist lib/libjsig.so lib/server/libjsig.so \
    lib/libsimdsort.so lib/libsyslookup.so)

# Beside the runtime's own libraries.
"$here/compile.sh" "$dist/runtime/lib/libpurser-pages.so" purser-pages -shared -fPIC -fvisibility=hidden

# TLS is OpenSSL's, which reads the public authorities from a file of PEM.
"$here/compile-tls.sh" "$dist/runtime/lib/libpurser-tls.so" "$jdk"
"$jdk/bin/keytool" -list -rfc -storepass changeit -keystore "$dist/runtime/lib/security/cacerts" |
    sed -n '/^-----BEGIN/,/^-----END/p' >"$dist/runtime/lib/security/authorities.pem"
[ -s "$dist/runtime/lib/security/authorities.pem" ] || fail "$jdk trusts no public authority; see its lib/security/cacerts"
rm "$dist/runtime/lib/security/cacerts"

# The runtime asks our provider first, which spares the JDK's TLS.
"$here/trim-security.sh" "$dist/runtime" Purser

# Waits until a process that we started has said something.
await() {
    tries=0
    until grep -q "$4" "$3" 2>/dev/null; do
        tries=$((tries + 1))
        if [ "$tries" -gt 600 ] || ! kill -0 "$2" 2>/dev/null; then
            fail "the training $1 did not start: $(cat "$3")"
        fi
        sleep 0.1
    done
}

# The archive of classes, from two training runs: init; and a sidecar with a real rendering, a refresh over a second connection that resumes the session of
# the first, and the end.
main="-cp /var/empty/purser io.purser.agent.run.Main" # as the launcher has it
store=
agent=
# shellcheck disable=SC2086
trap 'kill $store $agent 2>/dev/null || true' EXIT

# open_store POD: starts the store, and gives its pod a folder of that name.
open_store() {
    pod=$1
    mkfifo "$work/stdin"
    "$jdk/bin/java" -cp "$test_classpath" io.purser.agent.vault.TrainingStore "$work/$pod" "$port" <"$work/stdin" >"$work/$pod.store" 2>&1 &
    store=$!
    exec 3>"$work/stdin"
    await store "$store" "$work/$pod.store" ready
}

close_store() {
    exec 3>&-
    wait "$store" || fail "the training store did not end well: $(cat "$work/$pod.store")"
    rm "$work/stdin"
}

# run_agent ARGUMENT...: starts the agent of the open store's pod and keeps a list of the classes that it loads.
run_agent() {
    # shellcheck disable=SC2086
    "$dist/runtime/bin/java" "-XX:DumpLoadedClassList=$work/$pod.classes" "-Dpurser.kill=$dist/bin/purser-kill" \
        "-Dpurser.pages=$dist/runtime/lib/libpurser-pages.so" "-Dpurser.tls=$dist/runtime/lib/libpurser-tls.so" $main "$@" --config "$work/$pod/config.json" --root "$work/$pod" >"$work/$pod.log" 2>&1 &
    agent=$!
}

end_agent() {
    wait "$agent" || fail "the training agent did not end well: $(cat "$work/$pod.log")"
    agent=
}

open_store init
run_agent --once
end_agent
close_store

open_store sidecar
run_agent
await agent "$agent" "$work/$pod.log" "all files written"
"$jdk/bin/java" "$here/Probe.java" "http://127.0.0.1:$port/readyz?wait" "http://127.0.0.1:$port/metrics" ||
    fail "the training agent is not ready: $(cat "$work/$pod.log")"
sleep 11 # until the agent has closed the connection, which it looks for every five seconds
kill -HUP "$agent"
sleep 2
kill -TERM "$agent"
end_agent
close_store

# Both lists as one; the numbers of the classes, which are each list's own, matter to other class loaders only.
sed 's/ id: [0-9]*$//' "$work/sidecar.classes" "$work/init.classes" | awk '!seen[$0]++' >"$work/classes"

archive=$dist/runtime/lib/server/classes.jsa # where the runtime looks by itself
linking=
[ "$version" -lt 25 ] || linking=-XX:+AOTClassLinking
# shellcheck disable=SC2086
"$dist/runtime/bin/java" -Xshare:dump $linking -XX:CompressedClassSpaceSize=64m "-XX:SharedClassListFile=$work/classes" "-XX:SharedArchiveFile=$archive" \
    ${main% *} >"$work/dump.log" 2>&1 || fail "the archive of classes could not be made: $(cat "$work/dump.log")"
[ -s "$archive" ] || fail "the archive of classes is missing: $(cat "$work/dump.log")"
chmod 0644 "$archive"
rm -rf "$work"

# It must be usable, or every pod would pay for its want without a word.
# shellcheck disable=SC2086
"$dist/runtime/bin/java" -Xshare:on $main --version
"$dist/bin/purser-agent" --version >/dev/null
