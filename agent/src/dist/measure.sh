#!/bin/sh
# Measures the agent's distribution: start to files rendered and exit, and five sidecars side by side. With `bao` on the
# PATH, OpenBao's own agent does the same in turn, against the same store and with the same templates.
#   measure.sh DIST TEST_CLASSPATH [ROUNDS]
# After `./mvnw -Pdist package`:
#   agent/src/dist/measure.sh agent/target/dist "agent/target/test-classes:agent/target/classes:agent/target/dist-libraries/*"
# PURSER_KEYS is the algorithm of the store's keys, EC or RSA.
# PURSER_SETTLE is the seconds until the sidecars' memory is read, PURSER_REFRESH their refresh interval (10s). PURSER_IDLE is
# seconds after that in which their CPU time is read as well: PURSER_REFRESH=5m PURSER_IDLE=600 is an idle pod.
set -eu

dist=$1
test_classpath=$2
rounds=${3:-10}
sidecars=5
settle=${PURSER_SETTLE:-60}
refresh=${PURSER_REFRESH:-10s}
idle=${PURSER_IDLE:-0}
keys=${PURSER_KEYS:-EC}
first_port=28290
work=$(mktemp -d -p /dev/shm) # a memory volume, as in a pod: on a disk both agents wait for it with each file
pids=
agents=purser
if command -v bao >/dev/null 2>&1; then agents="purser bao"; fi

cleanup() {
    # shellcheck disable=SC2086
    kill $pids 2>/dev/null || true
    wait
    rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 3' INT TERM PIPE

mkfifo "$work/stdin"
# Without nodelay each of the store's answers waits 40 ms for the acknowledgement of its head.
java -Dsun.net.httpserver.nodelay=true -cp "$test_classpath" io.purser.agent.vault.TrainingStore "$work/pod" "$first_port" "$keys" <"$work/stdin" >"$work/log" 2>&1 &
pids=$!
exec 3>"$work/stdin"
until grep -q ready "$work/log" 2>/dev/null; do sleep 0.1; done
address=$(sed -n 's/.*"address": "\([^"]*\)".*/\1/p' "$work/pod/config.json")

median() {
    sort -n | awk '{value[NR] = $1} END {print value[int((NR + 1) / 2)]}'
}

# Configures both agents in a pod's folder: pod FOLDER PORT EXIT.
pod() {
    rm -rf "$1/secrets" "$1/state"
    mkdir "$1/secrets" "$1/state"
    sed -e "s/\"port\": $first_port/\"port\": $2/" -e "s/\"interval\": \"1m\"/\"interval\": \"$refresh\"/" "$work/pod/config.json" >"$1/purser.json"
    cat >"$1/bao.hcl" <<END
exit_after_auth = $3
vault {
  address = "$address"
  ca_cert = "$1/ca/ca.crt"
  tls_server_name = "store.training.svc"
}
auto_auth {
  method "kubernetes" {
    config = { role = "web", token_path = "$1/token/token" }
  }
}
template_config {
  static_secret_render_interval = "$refresh"
}
template {
  contents    = "{{ with secret \"secret/data/a\" }}{{ .Data.data | toJSON }}{{ end }}"
  destination = "$1/secrets/a"
}
template {
  contents    = "{{ with secret \"secret/data/b\" }}{{ range \$k, \$v := .Data.data }}{{ \$k }}={{ \$v }}\n{{ end }}{{ end }}"
  destination = "$1/secrets/b.env"
}
template {
  source      = "$1/templates/c.tmpl"
  destination = "$1/secrets/c.conf"
}
template {
  contents    = "{{ with secret \"secret/data/c\" }}{{ .Data.data | toYAML }}{{ end }}"
  destination = "$1/secrets/d.yaml"
}
template {
  source      = "$1/templates/c.tmpl"
  destination = "$1/secrets/all"
}
END
}

# Seconds of CPU, user and system, of the children that have ended.
spent() {
    times >"$work/spent"
    sed -n 2p "$work/spent" | tr 'ms' '  ' | awk '{print $1 * 60 + $2 + $3 * 60 + $4}'
}

once() {
    case $1 in
    purser) "$dist/bin/purser-agent" --once --config "$work/pod/purser.json" --root "$work/pod" ;;
    bao) bao agent -log-level=error -config="$work/pod/bao.hcl" ;;
    esac >"$work/agent.log" 2>&1 || { cat "$work/agent.log" >&2; exit 3; }
    [ -s "$work/pod/secrets/d.yaml" ] || { echo "measure: $1 wrote no files" >&2; exit 3; }
}

"$dist/runtime/bin/java" -version 2>&1 | sed -n 2p
case $agents in *bao) bao version ;; esac
echo "keys $keys, $(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg)"

round=0
while [ "$round" -le "$rounds" ]; do # the first is not counted: it reads the programs from the disk
    for agent in $agents; do
        pod "$work/pod" "$first_port" true
        spent >"$work/before"
        start=$(date +%s%N)
        once "$agent"
        end=$(date +%s%N)
        spent >"$work/after"
        [ "$round" -eq 0 ] || echo $(((end - start) / 1000000)) >>"$work/$agent.wall"
        [ "$round" -eq 0 ] || paste "$work/before" "$work/after" | awk '{print int(($2 - $1) * 1000 + 0.5)}' >>"$work/$agent.cpu"
    done
    round=$((round + 1))
done

number=0
for agent in $agents; do
    for _ in $(seq "$sidecars"); do
        number=$((number + 1))
        cp -r "$work/pod" "$work/pod$number"
        pod "$work/pod$number" $((first_port + number)) false
        case $agent in
        purser) exec "$dist/bin/purser-agent" --config "$work/pod$number/purser.json" --root "$work/pod$number" ;;
        bao) exec bao agent -log-level=error -config="$work/pod$number/bao.hcl" ;;
        esac >"$work/sidecar$number.log" 2>&1 &
        pids="$pids $!"
        echo $! >>"$work/$agent.pids"
    done
done
sleep "$settle"
for agent in $agents; do
    while read -r pid; do
        for kind in Rss Pss Private_Dirty; do
            awk -v kind="$kind:" '$1 == kind {print $2 / 1024}' "/proc/$pid/smaps_rollup" >>"$work/$agent.$kind"
        done
        awk '/^VmHWM:/ {print $2 / 1024}' "/proc/$pid/status" >>"$work/$agent.peak"
        awk '{print ($14 + $15) * 10}' "/proc/$pid/stat" >>"$work/$agent.ticks"
    done <"$work/$agent.pids"
done
sleep "$idle"
for agent in $agents; do
    while read -r pid; do
        awk '{print ($14 + $15) * 10}' "/proc/$pid/stat"
    done <"$work/$agent.pids" | paste - "$work/$agent.ticks" | awk '{print $1 - $2}' >>"$work/$agent.idle"
done

# row NAME KIND: the medians, and the ratio when there are two.
row() {
    ours=$(median <"$work/purser.$2")
    case $agents in
    *bao) echo "$1: purser $ours, bao $(median <"$work/bao.$2"), ratio $(median <"$work/bao.$2" | awk -v ours="$ours" '{printf "%.2f", ours / ($1 ? $1 : 1)}')" ;;
    *) echo "$1: $ours" ;;
    esac
}

echo "medians of $rounds starts to files rendered and exit, and of $sidecars sidecars after $settle s"
row "start, ms" wall
row "CPU of a start, ms" cpu
row "RSS, MiB" Rss
row "PSS, MiB" Pss
row "private dirty, MiB" Private_Dirty
row "peak RSS, MiB" peak
[ "$idle" -eq 0 ] || row "CPU of $idle s, ms" idle
exec 3>&-
