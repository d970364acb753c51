package io.purser.local.node;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** What ends unasked: the agent, the kubelet, a pod, all pods of the node. */
final class CrashChecks {

    private static final Duration BACK = Duration.ofSeconds(60);
    private static final Duration FORGOTTEN = Duration.ofSeconds(30);

    private final Node node;
    private final Report report;

    CrashChecks(Node node, Report report) {
        this.node = node;
        this.report = report;
    }

    /** Tries each end on pods of both shapes, the last being the drain. */
    void run(List<Example> examples) {
        List<RunningPod> web = start(examples, "web");
        web.forEach(pod -> report.check("agent killed, " + pod.name(), () -> killed(pod)));
        report.check("kubelet killed and started", () -> kubelet(web));
        List<RunningPod> database = start(examples, "java-database");
        report.check("pod deleted", () -> deleted(database.get(0)));
        report.check("node drained", () -> drained(List.of(web.get(0), web.get(1), database.get(1))));
    }

    private List<RunningPod> start(List<Example> examples, String name) {
        List<RunningPod> pods = new ArrayList<>();
        for (String shape : ExampleChecks.SHAPES) {
            pods.add(node.run(
                    ExampleChecks.named(examples, name).pod(),
                    name + "-ended-" + shape,
                    Map.of("purser.io/sidecar", shape)));
        }
        pods.forEach(RunningPod::awaitReady);
        return pods;
    }

    private String killed(RunningPod pod) {
        SortedMap<String, String> files = pod.files();
        long tokens = node.bao().tokens().size();
        int lives = pod.agent().getRestartCount();
        Daemon.run(List.of("kill", "-KILL", String.valueOf(pod.agentProcess())));
        Duration back = Patience.until("the agent is back", BACK, () -> {
            require(pod.files().equals(files), "the files stay");
            return pod.agent().getRestartCount() > lives
                    && Boolean.TRUE.equals(pod.agent().getReady());
        });
        long now = node.bao().tokens().size();
        return "agent ready again after " + Report.seconds(back) + ", files untouched, "
                + (now == tokens ? "no new login" : now - tokens + " more tokens") + "; a refresh follows after "
                + Report.seconds(ChangeChecks.refresh(node, pod));
    }

    private String kubelet(List<RunningPod> pods) {
        List<Long> agents = pods.stream().map(RunningPod::agentProcess).toList();
        String before = node.cluster().nodeRenewed();
        node.kubelet().restart();
        Duration back = Patience.until("the kubelet renews the node's Lease", BACK, () -> !node.cluster()
                .nodeRenewed()
                .equals(before));
        require(pods.stream().map(RunningPod::agentProcess).toList().equals(agents), "the agents run on");
        List<String> refreshes = pods.stream()
                .map(pod -> Report.seconds(ChangeChecks.refresh(node, pod)))
                .toList();
        require(pods.stream().map(RunningPod::agentProcess).toList().equals(agents), "the agents still run on");
        return "kubelet back after " + Report.seconds(back) + ", agents run on; refreshes follow after " + refreshes;
    }

    private String deleted(RunningPod pod) {
        int leases = node.bao().leases().size();
        int tokens = node.bao().tokens().size();
        node.cluster().delete(pod.pod());
        Duration gone = node.cluster().awaitGone(pod.pod());
        Duration forgotten = Patience.until(
                "token and lease are revoked",
                FORGOTTEN,
                () -> node.bao().leases().size() < leases && node.bao().tokens().size() < tokens);
        return "gone after " + Report.seconds(gone) + "; token and lease revoked " + Report.seconds(forgotten)
                + " after that";
    }

    private String drained(List<RunningPod> pods) {
        node.cluster().cordon(true);
        long begin = System.nanoTime();
        pods.forEach(pod -> node.cluster().evict(pod.pod()));
        pods.forEach(pod -> node.cluster().awaitGone(pod.pod()));
        Duration gone = Duration.ofNanos(System.nanoTime() - begin);
        node.cluster().cordon(false);
        Duration forgotten = Patience.until(
                "tokens and leases are revoked",
                FORGOTTEN,
                () -> node.bao().leases().isEmpty()
                        && node.bao().tokens().stream().noneMatch(name -> !name.contains("payments")));
        return pods.size() + " pods gone after " + Report.seconds(gone)
                + " (their sleep ignores SIGTERM for its 30 s of grace); tokens and leases revoked "
                + Report.seconds(forgotten) + " after that";
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new NodeException("does not hold: " + what);
        }
    }
}
