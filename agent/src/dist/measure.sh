#!/bin/sh
# Measures the agent's distribution: start to files rendered and exit, and the memory of five sidecars side by side.
#   measure.sh DIST TEST_CLASSPATH [ROUNDS]
# After `./mvnw -Pdist package`:
#   agent/src/dist/measure.sh agent/target/dist "agent/target/test-classes:agent/target/classes:agent/target/dist-libraries/*"
set -eu

dist=$1
test_classpath=$2
rounds=${3:-10}
sidecars=5
settle=${PURSER_SETTLE:-60}
first_port=28290
work=$(mktemp -d)
pids=

cleanup() {
    # shellcheck disable=SC2086
    kill $pids 2>/dev/null || true
    wait
    rm -rf "$work"
}
trap cleanup EXIT

mkfifo "$work/stdin"
# Without nodelay each of the store's answers waits 40 ms for the acknowledgement of its head.
java -Dsun.net.httpserver.nodelay=true -cp "$test_classpath" io.purser.agent.vault.TrainingStore "$work/pod" "$first_port" <"$work/stdin" >"$work/log" 2>&1 &
pids=$!
exec 3>"$work/stdin"
until grep -q ready "$work/log" 2>/dev/null; do sleep 0.1; done

median() {
    sort -n | awk '{value[NR] = $1} END {print value[int((NR + 1) / 2)]}'
}

"$dist/runtime/bin/java" -version 2>&1 | sed -n 2p
echo "$(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg)"

round=0
while [ "$round" -lt "$rounds" ]; do
    rm -rf "$work/pod/secrets" "$work/pod/state"
    mkdir "$work/pod/secrets" "$work/pod/state"
    start=$(date +%s%N)
    "$dist/bin/purser-agent" --once --config "$work/pod/config.json" --root "$work/pod" 2>"$work/agent.log"
    echo $((($(date +%s%N) - start) / 1000000)) >>"$work/times"
    round=$((round + 1))
done
echo "start to files rendered and exit, ms: median $(median <"$work/times"), least $(sort -n "$work/times" | head -n 1)"

number=0
while [ "$number" -lt "$sidecars" ]; do
    cp -r "$work/pod" "$work/pod$number"
    rm -rf "$work/pod$number/secrets" "$work/pod$number/state"
    mkdir "$work/pod$number/secrets" "$work/pod$number/state"
    sed -e "s/\"port\": $first_port/\"port\": $((first_port + 1 + number))/" -e 's/"1s"/"10s"/' "$work/pod/config.json" >"$work/pod$number/config.json"
    "$dist/bin/purser-agent" --config "$work/pod$number/config.json" --root "$work/pod$number" 2>"$work/sidecar$number.log" &
    pids="$pids $!"
    agents="${agents:-} $!"
    number=$((number + 1))
done
sleep "$settle"
for pid in $agents; do
    awk -v pid="$pid" '/^(Rss|Pss|Private_Dirty):/ {print $1, $2}' "/proc/$pid/smaps_rollup" >>"$work/memory"
    awk '/^VmHWM:/ {print "Peak:", $2}' "/proc/$pid/status" >>"$work/memory"
done
for kind in Rss Pss Private_Dirty Peak; do
    echo "$kind after $settle s, MiB: $(awk -v kind="$kind:" '$1 == kind {print $2 / 1024}' "$work/memory" | median)"
done
exec 3>&-
