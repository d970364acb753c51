#!/bin/sh
# Makes target/dist from target/dist/lib: a runtime with the modules that are needed, BoringSSL as a file (a read-only file system has
# nowhere to unpack it), the agent's library that gives pages back, and an archive of loaded classes from a training run. The image's start is
# `runtime/bin/java @webhook.args serve ...` in that folder, without a shell.
#   make-dist.sh DIST JAVA_HOME [MODULE,...]     the modules are for another program that shares the runtime
# PURSER_JDK names another JDK whose runtime goes in.
set -eu

source=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
dist=$1
java_home=${PURSER_JDK:-$2}
cd "$dist"

version=$("$java_home/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')
modules=java.base,java.logging,java.management,java.naming,java.xml,jdk.unsupported${3:+,$3}
[ "$version" -ge 22 ] || modules=$modules,jdk.crypto.ec
rm -rf runtime native libraries services lib/libraries.jar
archive=runtime/lib/server/webhook.cache # where its pages are given back
"$java_home/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages --output runtime

"$source/../../../agent/src/dist/trim-security.sh" runtime

mkdir native
for jar in lib/netty-tcnative-boringssl-static-*-linux-*.jar; do
    (cd native && "$java_home/bin/jar" xf "../$jar" META-INF/native && mv META-INF/native/*.so . && rm -r META-INF)
done
rm lib/netty-tcnative-boringssl-static-*.jar
"$source/../../../agent/src/dist/compile.sh" native/libpurser-pages.so purser-pages -shared -fPIC -fvisibility=hidden

# The libraries as one jar: a start opens every jar of its class path to look for services, and 40 cost it a tenth. A service's providers
# are those of all; of a class in versions, this runtime's is taken.
mkdir libraries services
for jar in lib/*.jar; do
    case $jar in lib/purser-*) continue ;; esac
    (cd libraries && "$java_home/bin/jar" -xf "../$jar")
    for service in libraries/META-INF/services/*; do
        [ -f "$service" ] || continue
        { cat "$service"; echo; } >>"services/${service##*/}" # the last line of some has no end
        rm "$service"
    done
    rm "$jar"
done
mv services/* libraries/META-INF/services/
for classes in $(seq -f 'libraries/META-INF/versions/%.0f' 9 "$version"); do
    [ ! -d "$classes" ] || cp -r "$classes/." libraries/
done
rm -rf services libraries/META-INF/versions libraries/META-INF/MANIFEST.MF libraries/module-info.class
[ "$version" -lt 24 ] || "$java_home/bin/java" "$source/NewerClasses.java" libraries # with Java 24 came what it is written with
(cd libraries && find . -type f | LC_ALL=C sort >../libraries.list &&
    "$java_home/bin/jar" --create --no-compress --no-manifest ${SOURCE_DATE_EPOCH:+"--date=$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)"} \
        --file ../lib/libraries.jar @../libraries.list)
touch ${SOURCE_DATE_EPOCH:+-d "@$SOURCE_DATE_EPOCH"} lib/libraries.jar
rm -r libraries libraries.list

cp "$source/webhook.args" webhook.args
{
    [ "$version" -lt 24 ] || echo "--enable-native-access=ALL-UNNAMED"
    [ "$version" -lt 24 ] || echo "--sun-misc-unsafe-memory-access=allow"
    [ "$version" -lt 25 ] || echo "-XX:-AOTReplayTraining"
    printf -- '-cp '
    find lib -name '*.jar' | LC_ALL=C sort | tr '\n' ':' | sed 's/:$//'
    printf '\nio.purser.webhook.cli.Main\n'
} >>webhook.args

# The training run serves until it is ready, having answered its canned reviews, answers real ones, and is then told to end.
if [ "$version" -ge 25 ]; then
    record="-XX:AOTCacheOutput=$archive"
    use="-XX:AOTCache=$archive"
else
    record="-XX:DumpLoadedClassList=classes.list"
    use="-XX:SharedArchiveFile=$archive"
fi
log=training.log
: >"$log"
runtime/bin/java "$record" @webhook.args serve --listen 127.0.0.1:0 --health-listen 127.0.0.1:0 --drain 0s \
    --store-address https://store.invalid:8200 --tls-cert "$source/training.crt" --tls-key "$source/training.key" >"$log" 2>&1 &
pid=$!
waited=0
until grep -q 'ready at' "$log"; do
    kill -0 "$pid" 2>/dev/null || { cat "$log" >&2; echo "make-dist: the training run failed" >&2; exit 1; }
    waited=$((waited + 1))
    [ "$waited" -lt 600 ] || { kill "$pid"; echo "make-dist: the training run was not ready within a minute" >&2; exit 1; }
    sleep 0.1
done
review=$source/../main/resources/io/purser/webhook/http/warm-up.json
addresses=$(sed -n 's|.*ready at \(https://[^,]*\), .*on port \([0-9]*\).*|\1 http://127.0.0.1:\2|p' "$log")
# shellcheck disable=SC2086
"$java_home/bin/java" -cp 'lib/*' "$source/Train.java" "$review" $addresses || { kill "$pid"; echo "make-dist: the training reviews failed" >&2; exit 1; }
kill -TERM "$pid"
wait "$pid" || { cat "$log" >&2; exit 1; }
if [ "$version" -lt 25 ]; then
    # One archive for all, made from the list: one made at a program's exit leaves out old class files, as picocli's are.
    runtime/bin/java -Xshare:dump -XX:SharedClassListFile=classes.list "$use" @webhook.args >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
    rm classes.list
fi
[ -s "$archive" ] || { cat "$log" >&2; echo "make-dist: the training run left no archive" >&2; exit 1; }
rm "$log"
sed -i "s|^-cp |$use\n-cp |" webhook.args
