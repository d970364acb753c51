package io.purser.local.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** What the agent costs: memory of its control group, and the time from a pod's creation to its being ready. */
final class Figures {

    private static final Duration SETTLED = Duration.ofSeconds(20);

    private static final Duration LOOKS = Duration.ofSeconds(1);

    /** An agent that is not ready yet when the kubelet first probes it. */
    private static final Map<String, String> SLOW =
            Map.of("purser.io/sidecar", "native", "purser.io/requests-cpu", "50m", "purser.io/limits-cpu", "100m");

    private final Node node;
    private final Path folder;
    private final Report report;
    private final int pods;

    /**
     * For one run.
     *
     * @param folder gets what is written
     * @param pods that each figure is taken of
     */
    Figures(Node node, Path folder, Report report, int pods) {
        this.node = node;
        this.folder = folder;
        this.report = report;
        this.pods = pods;
    }

    /** Measures both. */
    void run(List<Example> examples, Installed installed) {
        Example web = ExampleChecks.named(examples, "web");
        report.check("memory, agent, cold cache", () -> cold(web));
        report.check("memory, native agent", () -> memory(web, "native", pods));
        report.check("memory, classic agent", () -> memory(web, "classic", pods));
        report.check("memory, webhook", () -> told(installed.replicas(), "webhook"));
        report.check("memory, certs", () -> told(installed.replicas(), "certs"));
        report.check(
                "created to ready",
                () -> ready(List.of(
                        new Way("plain", web.pod(), Map.of("purser.io/inject", "false")),
                        way("native", web),
                        way("classic", web))));
    }

    /** A pod that was written for the peer, made by ours and by the peer, where that is on the PATH. */
    void besidePeer(Example example) {
        if (Peer.program().isEmpty()) {
            report.step("same pod", "not measured beside vault-k8s, which is not on the PATH");
            return;
        }
        report.check("memory, same pod, classic", () -> memory(example, "classic", pods));
        try (Peer peer = new Peer(node, folder)) {
            ObjectNode pod = peer.pod(example);
            report.check(
                    "memory, same pod, vault-k8s", () -> memory(pod, "peer", Peer.AGENT, Math.min(pods, Peer.MOST)));
            report.check(
                    "same pod, created to ready",
                    () -> ready(List.of(
                            way("native", example),
                            new Way("native-slow", example.pod(), SLOW),
                            way("classic", example),
                            new Way("vault-k8s", pod, Map.of()))));
            report.check("memory, vault-k8s", () -> told(List.of(peer.webhook()), "webhook"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The page cache of the image's files is charged to the first that reads them; what is not written yet cannot be dropped. */
    private String cold(Example example) {
        Daemon.run(List.of("sync"));
        try {
            Files.writeString(Path.of("/proc/sys/vm/drop_caches"), "3");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return memory(example, "native", 1);
    }

    private String memory(Example example, String shape, int pods) {
        ObjectNode pod = example.pod().deepCopy();
        ((ObjectNode) pod.at("/metadata/annotations")).put("purser.io/sidecar", shape);
        return memory(pod, shape, RunningPod.AGENT, pods);
    }

    private String memory(ObjectNode pod, String shape, String agent, int pods) {
        List<RunningPod> running = new ArrayList<>();
        for (int index = 0; index < pods; index++) {
            running.add(node.run(pod, "memory-" + shape + "-" + index, Map.of()));
        }
        try {
            running.forEach(RunningPod::awaitReady);
            Patience.watch("all agents are ready", SETTLED, () -> running.stream()
                    .allMatch(one -> one.status(agent).getRestartCount() == 0));
            return told(running, agent);
        } finally {
            running.forEach(one -> node.cluster().delete(one.pod()));
            running.forEach(one -> node.cluster().awaitGone(one.pod()));
        }
    }

    private static String told(List<RunningPod> pods, String container) {
        List<ControlGroup> groups = pods.stream()
                .map(pod -> ControlGroup.of(pod.process(container)))
                .toList();
        return "of " + groups.size() + ", MiB: working set " + range(groups, ControlGroup::workingSet) + ", usage "
                + range(groups, ControlGroup::usage) + ", peak " + range(groups, ControlGroup::peak) + ", limit "
                + ControlGroup.mib(groups.get(0).limit());
    }

    private static String range(List<ControlGroup> groups, ToLongFunction<ControlGroup> figure) {
        LongSummaryStatistics all = groups.stream().mapToLong(figure).summaryStatistics();
        return ControlGroup.mib(all.getMin()) + " to " + ControlGroup.mib(all.getMax());
    }

    /** A way in which a pod is made. */
    private record Way(String name, ObjectNode pod, Map<String, String> annotations) {}

    private static Way way(String shape, Example example) {
        return new Way(shape, example.pod(), Map.of("purser.io/sidecar", shape));
    }

    /**
     * One pod after the other, the ways in turn, with an application that only waits; the first of each, which warms caches, not
     * counted. The kubelet looks at its containers once a second: the pods' beginnings are spread evenly over the time between
     * two looks.
     */
    private String ready(List<Way> ways) {
        Map<Way, List<Duration>> times = new LinkedHashMap<>();
        for (int index = 0; index <= pods; index++) {
            for (Way way : ways) {
                LockSupport.parkNanos(LOOKS.multipliedBy(index).dividedBy(pods).toNanos());
                Duration time = ready(way, index);
                if (index > 0) {
                    times.computeIfAbsent(way, first -> new ArrayList<>()).add(time);
                }
            }
        }
        return times.entrySet().stream()
                .map(entry -> entry.getKey().name() + ": " + spread(entry.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private Duration ready(Way way, int index) {
        ObjectNode pod = way.pod().deepCopy();
        ((ObjectNode) pod.at("/spec/containers/0")).putArray("command").add(Images.STAYING);
        long begin = System.nanoTime();
        RunningPod running = node.run(pod, "ready-" + way.name() + "-" + index, way.annotations());
        try {
            running.awaitReady();
            return Duration.ofNanos(System.nanoTime() - begin);
        } finally {
            node.cluster().delete(running.pod());
            node.cluster().awaitGone(running.pod());
        }
    }

    private static String spread(List<Duration> times) {
        List<Duration> sorted = times.stream().sorted().toList();
        return "least " + Report.seconds(sorted.get(0)) + ", median " + Report.seconds(sorted.get(sorted.size() / 2))
                + ", most " + Report.seconds(sorted.get(sorted.size() - 1)) + " of " + sorted.size();
    }
}
