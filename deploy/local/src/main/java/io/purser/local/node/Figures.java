package io.purser.local.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;

/** What the agent costs: memory of its control group, and the time from a pod's creation to its being ready. */
final class Figures {

    private static final Duration SETTLED = Duration.ofSeconds(20);

    private static final Duration LOOKS = Duration.ofSeconds(1);

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
        report.check("created to ready, plain", () -> ready(web.pod(), Map.of("purser.io/inject", "false")));
        report.check("created to ready, native", () -> ready(web.pod(), Map.of("purser.io/sidecar", "native")));
        report.check("created to ready, classic", () -> ready(web.pod(), Map.of("purser.io/sidecar", "classic")));
    }

    /** A pod that was written for the peer, made by ours and by the peer, where that is on the PATH. */
    void besidePeer(Example example) {
        if (Peer.program().isEmpty()) {
            report.step("same pod", "not measured beside vault-k8s, which is not on the PATH");
            return;
        }
        report.check("same pod, native", () -> ready(example.pod(), Map.of("purser.io/sidecar", "native")));
        report.check("same pod, classic", () -> ready(example.pod(), Map.of("purser.io/sidecar", "classic")));
        report.check("memory, same pod, classic", () -> memory(example, "classic", pods));
        try (Peer peer = new Peer(node, folder)) {
            ObjectNode pod = peer.pod(example);
            report.check(
                    "memory, same pod, vault-k8s", () -> memory(pod, "peer", Peer.AGENT, Math.min(pods, Peer.MOST)));
            report.check("same pod, vault-k8s", () -> ready(pod, Map.of()));
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

    /**
     * One pod after the other, with an application that only waits; the first of them, which warms caches, not counted. The
     * kubelet looks at its containers once a second: the pods' beginnings are spread evenly over the time between two looks.
     */
    private String ready(ObjectNode example, Map<String, String> annotations) {
        ObjectNode pod = example.deepCopy();
        ((ObjectNode) pod.at("/spec/containers/0")).putArray("command").add(Images.STAYING);
        List<Duration> times = new ArrayList<>();
        for (int index = 0; index <= pods; index++) {
            LockSupport.parkNanos(LOOKS.multipliedBy(index).dividedBy(pods).toNanos());
            long begin = System.nanoTime();
            RunningPod running = node.run(pod, "ready-" + index, annotations);
            try {
                running.awaitReady();
                times.add(Duration.ofNanos(System.nanoTime() - begin));
            } finally {
                node.cluster().delete(running.pod());
                node.cluster().awaitGone(running.pod());
            }
        }
        times.remove(0);
        Collections.sort(times);
        return "least " + Report.seconds(times.get(0)) + ", median "
                + Report.seconds(times.get(times.size() / 2)) + ", most "
                + Report.seconds(times.get(times.size() - 1)) + " of " + times.size();
    }
}
