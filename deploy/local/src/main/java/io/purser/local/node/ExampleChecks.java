package io.purser.local.node;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Every example in both shapes: the files are there before the application starts. */
final class ExampleChecks {

    /** Both shapes of the agent. */
    static final List<String> SHAPES = List.of("native", "classic");

    private final Node node;
    private final Report report;

    ExampleChecks(Node node, Report report) {
        this.node = node;
        this.report = report;
    }

    /** Runs and ends each. */
    void run(List<Example> examples) {
        for (Example example : examples) {
            for (String shape : SHAPES) {
                report.check(example.name() + ", " + shape, () -> example(example, shape));
            }
        }
        Example job = named(examples, "job");
        report.check(
                "job with a sidecar, native", () -> ended(job, "native-sidecar", Map.of("purser.io/inject", "true")));
    }

    /** The example of a folder's name. */
    static Example named(List<Example> examples, String name) {
        return examples.stream()
                .filter(example -> example.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String example(Example example, String shape) {
        Map<String, String> annotations = Map.of("purser.io/sidecar", shape);
        if ("Never".equals(example.pod().at("/spec/restartPolicy").asText())) {
            return ended(example, shape, annotations);
        }
        long begin = System.nanoTime();
        RunningPod pod = node.run(example.pod(), example.name() + "-" + shape, annotations);
        try {
            pod.awaitReady();
            Duration ready = Duration.ofNanos(System.nanoTime() - begin);
            holdShape(pod.pod(), shape);
            return "ready after " + Report.seconds(ready) + ", " + filesFirst(pod);
        } finally {
            node.cluster().delete(pod.pod());
            node.cluster().awaitGone(pod.pod());
        }
    }

    private static void holdShape(Pod pod, String shape) {
        boolean isNative = pod.getSpec().getInitContainers().stream()
                .anyMatch(container -> "Always".equals(container.getRestartPolicy()));
        if (isNative != shape.equals("native")) {
            throw new NodeException("the agent has not the shape " + shape);
        }
    }

    private static String filesFirst(RunningPod pod) {
        ContainerStatus application = pod.application();
        Instant started = Instant.parse(application.getState().getRunning().getStartedAt());
        // the kubelet tells whole seconds
        if (pod.written().isAfter(started.plusSeconds(1))) {
            throw new NodeException(
                    "files of " + pod.written() + " are later than the application's start at " + started);
        }
        if (application.getRestartCount() > 0) {
            throw new NodeException("the application was started again; its output: " + pod.applicationLog());
        }
        if (pod.files().isEmpty() || pod.files().values().stream().anyMatch(String::isBlank)) {
            throw new NodeException(
                    "a file is empty or there is none: " + pod.files().keySet());
        }
        return "files " + String.join(", ", pod.files().keySet()) + " before the application";
    }

    /** A pod that ends by itself, its agent too. */
    private String ended(Example example, String shape, Map<String, String> annotations) {
        long begin = System.nanoTime();
        RunningPod pod = node.run(example.pod(), example.name() + "-" + shape, annotations);
        try {
            pod.awaitReady();
            return "succeeded after " + Report.seconds(Duration.ofNanos(System.nanoTime() - begin)) + ": "
                    + pod.applicationLog().strip().replaceFirst("^\\S+ stdout F ", "");
        } finally {
            node.cluster().delete(pod.pod());
            node.cluster().awaitGone(pod.pod());
        }
    }
}
