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
import java.util.function.ToLongFunction;

/** What the agent costs: memory of its control group, and the time from a pod's creation to its being ready. */
final class Figures {

    private static final Duration SETTLED = Duration.ofSeconds(20);

    private final Node node;
    private final Report report;
    private final int pods;

    Figures(Node node, Report report, int pods) {
        this.node = node;
        this.report = report;
        this.pods = pods;
    }

    /** Measures both. */
    void run(List<Example> examples, Installed installed) {
        Example web = ExampleChecks.named(examples, "web");
        report.check("memory, agent, cold cache", () -> cold(web));
        report.check("memory, native agent", () -> memory(web, "native", pods));
        report.check("memory, classic agent", () -> memory(web, "classic", pods));
        report.check("memory, webhook", () -> memory(installed, "webhook"));
        report.check("memory, certs", () -> memory(installed, "certs"));
        report.check("created to ready, plain", () -> ready(web, Map.of("purser.io/inject", "false")));
        report.check("created to ready, native", () -> ready(web, Map.of("purser.io/sidecar", "native")));
        report.check("created to ready, classic", () -> ready(web, Map.of("purser.io/sidecar", "classic")));
    }

    /** The page cache of the image's files is charged to the first that reads them. */
    private String cold(Example example) {
        try {
            Files.writeString(Path.of("/proc/sys/vm/drop_caches"), "3");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return memory(example, "native", 1);
    }

    private String memory(Example example, String shape, int pods) {
        List<RunningPod> running = new ArrayList<>();
        for (int index = 0; index < pods; index++) {
            running.add(node.run(example.pod(), "memory-" + shape + "-" + index, Map.of("purser.io/sidecar", shape)));
        }
        try {
            running.forEach(RunningPod::awaitReady);
            Patience.watch("all agents are ready", SETTLED, () -> running.stream()
                    .allMatch(pod -> pod.agent().getRestartCount() == 0));
            return told(running.stream()
                    .map(pod -> ControlGroup.of(pod.agentProcess()))
                    .toList());
        } finally {
            running.forEach(pod -> node.cluster().delete(pod.pod()));
            running.forEach(pod -> node.cluster().awaitGone(pod.pod()));
        }
    }

    private static String memory(Installed installed, String container) {
        return told(installed.replicas().stream()
                .map(replica -> ControlGroup.of(replica.process(container)))
                .toList());
    }

    private static String told(List<ControlGroup> groups) {
        return "of " + groups.size() + ", MiB: working set " + range(groups, ControlGroup::workingSet) + ", usage "
                + range(groups, ControlGroup::usage) + ", peak " + range(groups, ControlGroup::peak) + ", limit "
                + ControlGroup.mib(groups.get(0).limit());
    }

    private static String range(List<ControlGroup> groups, ToLongFunction<ControlGroup> figure) {
        LongSummaryStatistics all = groups.stream().mapToLong(figure).summaryStatistics();
        return ControlGroup.mib(all.getMin()) + " to " + ControlGroup.mib(all.getMax());
    }

    /** One pod after the other, with an application that only waits; the first of them, which warms caches, not counted. */
    private String ready(Example example, Map<String, String> annotations) {
        ObjectNode pod = example.pod().deepCopy();
        ((ObjectNode) pod.at("/spec/containers/0")).putArray("command").add(Images.STAYING);
        List<Duration> times = new ArrayList<>();
        for (int index = 0; index <= pods; index++) {
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
