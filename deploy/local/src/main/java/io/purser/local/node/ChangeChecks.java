package io.purser.local.node;

import com.bettercloud.vault.json.JsonObject;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What changes while a pod runs is seen in its files. */
final class ChangeChecks {

    private static final Duration TOLD = Duration.ofSeconds(30);
    private static final Duration RENEWED = Bao.LEASE;
    private static final Duration REPLACED = Bao.LONGEST_LEASE.plusSeconds(10);

    private final Node node;
    private final Report report;

    ChangeChecks(Node node, Report report) {
        this.node = node;
        this.report = report;
    }

    /** Tries each change, in both shapes. */
    void run(List<Example> examples) {
        for (String shape : ExampleChecks.SHAPES) {
            during(examples, "nginx-tls", shape, Map.of("purser.io/refresh-interval", "5s"), pod -> {
                report.check("new version in KV, " + shape, () -> rotation(pod));
            });
            during(examples, "web", shape, Map.of(), pod -> {
                report.check(
                        "purser.io/refresh, " + shape,
                        () -> "file follows after " + Report.seconds(refresh(node, pod))
                                + ", reading every 5 minutes otherwise");
                report.check("ConfigMap edited, " + shape, () -> edit(pod, false));
                report.check("ConfigMap and refresh, " + shape, () -> edit(pod, true));
            });
            during(examples, "java-database", shape, Map.of(), pod -> {
                report.check("database account, " + shape, () -> credential(pod));
            });
        }
    }

    private interface Attempt {
        void with(RunningPod pod);
    }

    private void during(
            List<Example> examples, String name, String shape, Map<String, String> annotations, Attempt attempt) {
        Map<String, String> all = new HashMap<>(annotations);
        all.put("purser.io/sidecar", shape);
        RunningPod pod = node.run(ExampleChecks.named(examples, name).pod(), name + "-changed-" + shape, all);
        try {
            pod.awaitReady();
            attempt.with(pod);
        } finally {
            node.cluster().delete(pod.pod());
            node.cluster().awaitGone(pod.pod());
        }
    }

    private String rotation(RunningPod pod) {
        String value = unique("certificate");
        put(
                node,
                "secret/data/shop/tls",
                new JsonObject().add("certificate", value).add("private_key", value));
        Duration seen = pod.awaitText(value);
        Duration told = Patience.until(
                "nginx gets its signal", TOLD, () -> pod.applicationLog().contains("reloaded"));
        return "files follow after " + Report.seconds(seen) + " (read every 5 s), application told "
                + Report.seconds(told) + " later";
    }

    /** Gives the web example a new password, and asks for it at once. */
    static Duration refresh(Node node, RunningPod pod) {
        String value = unique("password");
        put(
                node,
                "secret/data/shop/web",
                new JsonObject()
                        .add("username", "shop-web")
                        .add("password", value)
                        .add("session_key", "k"));
        node.cluster().annotate(pod.pod(), "purser.io/refresh", value);
        return pod.awaitText(value);
    }

    /** A change of the pod makes the kubelet look after its volumes at once; else it takes up to a minute and a half. */
    private String edit(RunningPod pod, boolean refresh) {
        String value = unique("edited");
        node.cluster()
                .admin()
                .configMaps()
                .inNamespace("shop")
                .withName("web-templates")
                .edit(map -> new ConfigMapBuilder(map)
                        .addToData("app.yaml.tmpl", map.getData().get("app.yaml.tmpl") + "edited: " + value + "\n")
                        .build());
        if (refresh) {
            node.cluster().annotate(pod.pod(), "purser.io/refresh", value);
        }
        Duration seen = pod.awaitText("edited: " + value);
        return "file follows after " + Report.seconds(seen)
                + (refresh
                        ? ", with purser.io/refresh set after the edit"
                        : ", the kubelet's time to bring a template");
    }

    /** Renewed while it can be, then replaced before it ends; the account of the old one is dropped. */
    private String credential(RunningPod pod) {
        Instant begin = Instant.now();
        String user = property(pod, "username");
        String password = property(pod, "password");
        require(node.postgres().accepts(user, password), "PostgreSQL accepts the account of the file");
        String lease = node.bao().leases().get(0);
        Instant firstEnd = node.bao().endOf(lease);
        Duration renewed = Patience.until(
                "the lease is renewed", RENEWED, () -> node.bao().endOf(lease).isAfter(firstEnd));
        Patience.until("the file has a new account", REPLACED, () -> !property(pod, "username")
                .equals(user));
        Duration replaced = Duration.between(begin, Instant.now());
        require(
                node.postgres().accepts(property(pod, "username"), property(pod, "password")),
                "PostgreSQL accepts the new account");
        boolean overlap = node.postgres().accepts(user, password);
        Duration dropped = Patience.until(
                "the old account is dropped", REPLACED, () -> !node.postgres().accepts(user, password));
        return "lease of " + Bao.LEASE.toSeconds() + " s renewed after " + Report.seconds(renewed)
                + ", new account in the file after " + Report.seconds(replaced) + " of at most "
                + Bao.LONGEST_LEASE.toSeconds() + " s, "
                + (overlap ? "old one dropped " + Report.seconds(dropped) + " later" : "OLD ONE ALREADY DROPPED");
    }

    private static String property(RunningPod pod, String name) {
        String key = "spring.datasource." + name + "=";
        return pod.files().values().stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()))
                .findFirst()
                .orElse("");
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new NodeException("does not hold: " + what);
        }
    }

    private static String unique(String kind) {
        return kind + "-" + System.nanoTime();
    }

    private static void put(Node node, String path, JsonObject fields) {
        try {
            node.bao().root().mustPut(path, new JsonObject().add("data", fields));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
