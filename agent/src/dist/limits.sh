#!/bin/sh
# Runs the agent's distribution under hard limits of memory, without swap: init, sidecar, 100 rotations, a secret of 1 MB.
#   limits.sh DIST TEST_CLASSPATH [LIMIT]...
# After `./mvnw -Pdist package`, as root, for 64, 48 and 40 MiB:
#   agent/src/dist/limits.sh agent/target/dist "agent/target/test-classes:agent/target/classes:agent/target/dist-libraries/*" 64 48 40
# The limit holds for the distribution's files in the page cache as well, as for the first pod of a node. What the two memory
# volumes may hold comes on top of it, as in the limit that the webhook gives. It needs a control group that it may make.
set -eu

dist=$1
test_classpath=$2
shift 2
[ $# -gt 0 ] || set -- 64 48 40
rotations=100
volume=8 # MiB
port=28290
work=$(mktemp -d)
patience=
cgroup=
store=
agent=

fail() {
    echo "limits: $1" >&2
    exit 3
}

cleanup() {
    # shellcheck disable=SC2086
    kill $agent $store 2>/dev/null || true
    wait
    [ -z "$cgroup" ] || rmdir "$cgroup" 2>/dev/null || true
    for folder in secrets state; do umount "$work/pod/$folder" 2>/dev/null || true; done
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 3' INT TERM PIPE

[ "$(id -u)" -eq 0 ] || fail "only root may make a control group; run it as root"
if [ -e /sys/fs/cgroup/memory/memory.limit_in_bytes ]; then
    groups=/sys/fs/cgroup/memory maximum=memory.limit_in_bytes swap=memory.memsw.limit_in_bytes peak=memory.max_usage_in_bytes usage=memory.usage_in_bytes
elif grep -qw memory /sys/fs/cgroup/cgroup.controllers 2>/dev/null; then
    groups=/sys/fs/cgroup maximum=memory.max swap=memory.swap.max peak=memory.peak usage=memory.current
else
    fail "there is no memory controller below /sys/fs/cgroup; mount cgroup2 there"
fi

# A new control group with a limit in MiB.
limit() {
    cgroup=$groups/purser-limits-$$
    mkdir "$cgroup" || fail "$cgroup cannot be made; this may be a container without the right to it"
    bytes=$((($1 + 2 * volume) * 1024 * 1024))
    [ -e "$cgroup/$maximum" ] || fail "$cgroup has no $maximum; turn the controller on with: echo +memory > $groups/cgroup.subtree_control"
    echo "$bytes" >"$cgroup/$maximum"
    case $swap in
    *memsw*) [ ! -e "$cgroup/$swap" ] || echo "$bytes" >"$cgroup/$swap" ;; # memory and swap together
    *) [ ! -e "$cgroup/$swap" ] || echo 0 >"$cgroup/$swap" ;;
    esac
}

# Becomes a program in the control group, for $patience seconds at most where that is set: inside PROGRAM [ARGUMENT]...
inside() {
    # shellcheck disable=SC2016
    exec ${patience:+timeout -k 1 "$patience"} sh -c 'echo $$ >"$0/cgroup.procs" && exec "$@"' "$cgroup" "$@"
}

# Waits until a file says something: await FILE TEXT.
await() {
    tries=0
    until grep -q "$2" "$1" 2>/dev/null; do
        tries=$((tries + 1))
        [ "$tries" -lt 600 ] || return 1
        kill -0 "$agent" 2>/dev/null || return 1
        sleep 0.05
    done
}

# Gives the secrets new values, of which one is so long, and waits until the last file has it: rotate LENGTH.
rotate() {
    version=$((version + 1))
    echo "$1" >&3
    await "$work/log" "^version $version$" || return 1
    kill -HUP "$agent" 2>/dev/null || return 1
    await "$work/pod/secrets/d.yaml" "password-$version-"
}

# How often the kernel read a page of a file again that it had dropped.
read_again() {
    awk '$1 == "pgmajfault" {print $2}' "$cgroup/memory.stat"
}

MiB() {
    awk '{printf "%.1f", $1 / 1048576}' "$cgroup/$1"
}

run() {
    rm -rf "$work/dist"
    for folder in secrets state; do
        umount "$work/pod/$folder" 2>/dev/null || true
        mount -t tmpfs -o "size=${volume}m" tmpfs "$work/pod/$folder" || fail "no memory volume can be mounted; run as root outside of a container"
    done
    (inside cp -r "$dist" "$work/dist")
    sync
    (patience=30 && inside "$work/dist/bin/purser-agent" --once --config "$work/init.json" --root "$work/pod" 2>"$work/agent.log") || {
        code=$?
        return 1
    }
    echo "  init: highest usage $(MiB $peak) MiB, page cache of the distribution in it"
    (inside "$work/dist/bin/purser-agent" --config "$work/pod/config.json" --root "$work/pod" 2>"$work/agent.log") &
    agent=$!
    await "$work/agent.log" "all files written" || return 1
    start=$(date +%s%N)
    for _ in $(seq "$rotations"); do
        rotate 10 || return 1
    done
    echo "  $rotations rotations: $((($(date +%s%N) - start) / 1000000 / rotations)) ms each, usage $(MiB $usage) MiB"
    rotate 1000000 || return 1
    rotate 10 || return 1
    echo "  a secret of 1 MB and back: usage $(MiB $usage) MiB, read again from the disk $(read_again) times"
    kill -TERM "$agent"
    wait "$agent" || return 1
    agent=
}

mkfifo "$work/stdin"
java -Dsun.net.httpserver.nodelay=true -cp "$test_classpath" io.purser.agent.vault.TrainingStore "$work/pod" "$port" <"$work/stdin" >"$work/log" 2>&1 &
store=$!
exec 3>"$work/stdin"
until grep -q ready "$work/log" 2>/dev/null; do sleep 0.1; done
sed -i -e 's/"interval": "1m"/"interval": "1h"/' "$work/pod/config.json" # only what is asked for is fetched
sed -e 's/"lifecycle": {/"lifecycle": {"sidecarFollows": true, /' "$work/pod/config.json" >"$work/init.json"

"$dist/runtime/bin/java" -version 2>&1 | sed -n 2p
version=1
failed=0
for size; do
    limit "$size"
    echo "limit of $size MiB and $((2 * volume)) for the volumes:"
    code=0
    if ! run; then
        failed=1
        again=$(read_again)
        if [ -n "$agent" ]; then # not init, which has ended
            kill -TERM "$agent" 2>/dev/null || true
            (sleep 10 && kill -KILL "$agent") 2>/dev/null &
            late=$!
            wait "$agent" 2>/dev/null || code=$?
            kill "$late" 2>/dev/null || true
            agent=
        fi
        echo "  does not do it in 30 s (exit $code: 124 is an init that took too long, 137 is killed, for memory or 10 s after it was told to end), read again from the disk $again times: $(tail -n 1 "$work/agent.log")"
    fi
    until rmdir "$cgroup" 2>/dev/null; do sleep 0.1; done
    cgroup=
done
exec 3>&-
exit $failed
