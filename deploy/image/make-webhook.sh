#!/bin/sh
# Makes what the webhook's image holds in /opt/purser: the webhook's distribution, and beside it the certs program, which shares its
# Java runtime. Called by Dockerfile.webhook, after
#   ./mvnw -DskipTests -pl webhook,certs -am package dependency:copy-dependencies -DincludeScope=runtime
#   make-webhook.sh HOME          (JAVA_HOME names the JDK whose runtime goes in)
# SOURCE_DATE_EPOCH is the time of all jars: an archive of classes is refused when a jar is not as old as it was.
set -eu

home=$1
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$here/../..
time=@${SOURCE_DATE_EPOCH:-1767225600}

# in the image the class path of certs begins with /opt/purser; so it must here
[ "$home" = /opt/purser ] || { echo "make-webhook: HOME must be /opt/purser, where the image has it" >&2; exit 2; }
version=$("$JAVA_HOME/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')
java=$home/runtime/bin/java

# The webhook, as ./mvnw -Pdist makes it; the modules are what fabric8's client needs beside the webhook's.
rm -rf "$home"
mkdir -p "$home/lib"
cp "$root"/webhook/target/dependency/*.jar "$root"/webhook/target/purser-webhook-*.jar "$home/lib/"
touch -d "$time" "$home"/lib/*
"$root/webhook/src/dist/make-dist.sh" "$home" "$JAVA_HOME" java.sql,jdk.httpserver,jdk.zipfs
(cd "$home/runtime" && rm -f bin/keytool bin/jwebserver lib/jrt-fs.jar lib/jexec lib/classlist)

# The libraries of certs; one that both programs use is in the webhook's jar of them.
work=$(mktemp -d)
classpath=$home/lib/libraries.jar
for jar in "$root"/certs/target/purser-certs-*.jar "$root"/certs/target/dependency/*.jar; do
    name=${jar##*/}
    [ ! -e "$root/webhook/target/dependency/$name" ] || continue
    classpath=$classpath:$home/lib/$name
    case $name in
        bc*)
            # Without its signature and its entry as a security provider, which we do not use: Java would keep the digest of
            # every class in memory, and could archive none of them.
            mkdir "$work/$name"
            (cd "$work/$name" && "$JAVA_HOME/bin/jar" -xf "$jar" && rm -rf META-INF/*.MF META-INF/*.SF META-INF/*.DSA META-INF/services META-INF/versions)
            "$JAVA_HOME/bin/jar" --create --no-manifest "--date=$(date -u -d "$time" +%Y-%m-%dT%H:%M:%SZ)" --file "$home/lib/$name" -C "$work/$name" .
            ;;
        *) cp "$jar" "$home/lib/" ;;
    esac
    touch -d "$time" "$home/lib/$name"
done

# How the JVM of certs runs: it waits nearly always, so what its start needed of heap and native memory is given back (10 MiB).
{
    printf '%s\n' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xms8m -Xmx32m -Xmn3m -Xss512k -XX:MaxMetaspaceSize=64m -XX:ReservedCodeCacheSize=24m
    printf '%s\n' -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20 -XX:-ShrinkHeapInSteps -XX:TrimNativeHeapInterval=5000
    printf '%s\n' -XX:-UsePerfData -XX:+ExitOnOutOfMemoryError -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0
    printf '%s\n' -Dlogback.configurationFile=purser-certs-logback.xml -Dvertx.disableFileCaching=true -Dvertx.disableFileCPResolving=true
    [ "$version" -lt 24 ] || printf '%s\n' --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
    printf '%s\n' "-XX:SharedArchiveFile=$home/certs.cache" -Xlog:cds=off -cp "$classpath" io.purser.certs.cli.Main
} >"$home/certs.args"

# The archive of classes of certs, from a training run: beside a cluster that is played, until the certificate is served, the
# Lease renewed, and probe and metrics asked.
port=${PURSER_TRAINING_PORT:-28283}
mkfifo "$work/stdin"
"$JAVA_HOME/bin/java" -cp "$root/certs/target/test-classes:$root/certs/target/classes:$root/certs/target/dependency/*" \
    io.purser.certs.cli.TrainingCluster "$work/kubeconfig" "http://127.0.0.1:$port" <"$work/stdin" >"$work/cluster.log" 2>&1 &
cluster=$!
exec 3>"$work/stdin"
certs=
# shellcheck disable=SC2086
trap 'kill $cluster $certs 2>/dev/null || true' EXIT
await() {
    tries=0
    until grep -q "$1" "$2" 2>/dev/null; do
        tries=$((tries + 1))
        if [ "$tries" -gt 600 ] || ! kill -0 "$3" 2>/dev/null; then
            cat "$2" >&2
            echo "make-webhook: the training did not say: $1" >&2
            exit 3
        fi
        sleep 0.1
    done
}
await ready "$work/cluster.log" "$cluster"
grep -v -e SharedArchiveFile "$home/certs.args" >"$work/args"
mkdir "$work/out"
KUBECONFIG=$work/kubeconfig "$java" "-XX:DumpLoadedClassList=$work/classes" "@$work/args" run "--out=$work/out" "--listen=127.0.0.1:$port" \
    >"$work/certs.log" 2>&1 &
certs=$!
await "Serving a new certificate" "$work/certs.log" "$certs"
await "certs has been asked" "$work/cluster.log" "$cluster"
kill -TERM "$certs"
wait "$certs" || true # ended by the signal
exec 3>&-
"$java" -Xshare:dump "-XX:SharedClassListFile=$work/classes" "-XX:SharedArchiveFile=$home/certs.cache" "@$work/args" \
    >"$work/dump.log" 2>&1 || { cat "$work/dump.log" >&2; exit 3; }
chmod 0644 "$home/certs.cache"
rm -rf "$work"

# They must be usable, or every start would pay for their want without a word.
"$java" -Xshare:on "@$home/certs.args" --version >/dev/null
cd "$home"
if [ "$version" -ge 25 ]; then
    "$java" -XX:AOTMode=on @webhook.args --version >/dev/null
else
    "$java" -Xshare:on @webhook.args --version >/dev/null
fi
