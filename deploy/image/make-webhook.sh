#!/bin/sh
# Makes what the webhook's image holds in /opt/purser: one Java runtime, and for each of its two programs the libraries, the
# options and an archive of classes. Called by Dockerfile.webhook, after
#   ./mvnw -DskipTests -pl webhook,certs -am package dependency:copy-dependencies -DincludeScope=runtime
#   make-webhook.sh HOME          (JAVA_HOME names the JDK whose runtime goes in)
set -eu

home=$1
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$here/../..

# What Vert.x, Netty, Jackson, Logback, fabric8 and BouncyCastle use; found by running, and held by the training below.
modules=java.base,java.logging,java.management,java.naming,java.sql,java.xml,jdk.httpserver,jdk.unsupported,jdk.zipfs
version=$("$JAVA_HOME/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')
[ "$version" -ge 22 ] || modules=$modules,jdk.crypto.ec # part of java.base since

rm -rf "$home"
mkdir -p "$home"
"$JAVA_HOME/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages --output "$home/runtime"
(cd "$home/runtime" && rm -f bin/keytool bin/jwebserver lib/jrt-fs.jar lib/jexec lib/classlist)

# A library that both programs use is there once.
mkdir "$home/lib"
for module in webhook certs; do
    for jar in "$root/$module"/target/dependency/*.jar "$root/$module"/target/purser-"$module"-*.jar; do
        case $jar in */jspecify-*) continue ;; esac # annotations for the compiler only
        cp "$jar" "$home/lib/"
    done
done

# PROGRAM MAIN FLAGS...: writes the options file; the class path is a list in a fixed order, as the archive wants it.
options() {
    program=$1 main=$2
    shift 2
    classpath=
    for jar in "$root/$program"/target/purser-"$program"-*.jar "$root/$program"/target/dependency/*.jar; do
        case $jar in */jspecify-*) continue ;; esac
        classpath=$classpath${classpath:+:}/opt/purser/lib/${jar##*/}
    done
    {
        printf '%s\n' -XX:+UseSerialGC -XX:-UsePerfData -XX:+ExitOnOutOfMemoryError -Xss512k "$@"
        [ "$version" -lt 24 ] || printf '%s\n' --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
        printf '%s\n' "-XX:SharedArchiveFile=/opt/purser/lib/$program.jsa" -Xlog:cds=off -cp "$classpath" "$main"
    } >"$home/$program.options"
}
options webhook io.purser.webhook.cli.Main -XX:MaxRAMPercentage=50
options certs io.purser.certs.cli.Main -XX:TieredStopAtLevel=1 -Xmx48m -XX:MaxMetaspaceSize=64m \
    -Dlogback.configurationFile=purser-certs-logback.xml -Dvertx.disableFileCaching=true -Dvertx.disableFileCPResolving=true

# The archives, from a training run of each program.
work=$(mktemp -d)
java=$home/runtime/bin/java
train() {
    program=$1
    shift
    grep -v SharedArchiveFile "$home/$program.options" >"$work/options"
    : >"$work/$program.log"
    "$java" "-XX:DumpLoadedClassList=$work/$program.classes" "@$work/options" "$@" >"$work/$program.log" 2>&1 &
    trained=$!
}
await() {
    tries=0
    until grep -q "$1" "$work/$2.log"; do
        tries=$((tries + 1))
        if [ "$tries" -gt 600 ] || ! kill -0 "$trained" 2>/dev/null; then
            cat "$work/$2.log" >&2
            echo "make-webhook: the training run of $2 did not say: $1" >&2
            exit 3
        fi
        sleep 0.1
    done
}
dump() {
    grep -v SharedArchiveFile "$home/$1.options" >"$work/options"
    "$java" -Xshare:dump "-XX:SharedClassListFile=$work/$1.classes" "-XX:SharedArchiveFile=$home/lib/$1.jsa" \
        "@$work/options" >"$work/dump.log" 2>&1 || { cat "$work/dump.log" >&2; exit 3; }
    chmod 0644 "$home/lib/$1.jsa"
}

# in the image the class path begins with /opt/purser; so it must here
[ "$home" = /opt/purser ] || { echo "make-webhook: HOME must be /opt/purser, where the image has it" >&2; exit 2; }
"$java" "@$home/certs.options" issue --name localhost --out "$work" >/dev/null
train webhook serve --listen=127.0.0.1:0 --health-listen=127.0.0.1:0 "--tls-cert=$work/tls.crt" "--tls-key=$work/tls.key" \
    --drain=1s --store-address=https://vault.example:8200
await ready webhook
if grep -q "canned reviews failed" "$work/webhook.log"; then
    cat "$work/webhook.log" >&2
    exit 3
fi
kill -TERM "$trained"
wait "$trained"
dump webhook
mkdir "$work/out"
KUBERNETES_MASTER=https://127.0.0.1:1 KUBERNETES_AUTH_TRYSERVICEACCOUNT=false train certs run "--out=$work/out" --listen=127.0.0.1:0
await "cannot be read" certs
kill -TERM "$trained"
wait "$trained" || true # ended by the signal
dump certs
rm -rf "$work"

# They must be usable, or every start would pay for their want without a word.
for program in webhook certs; do
    "$java" -Xshare:on "@$home/$program.options" --version >/dev/null
done
