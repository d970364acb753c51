package io.purser.local.apiserver;

import io.purser.local.machine.FreePort;
import io.purser.local.node.ControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A pod of the Deployment as two processes: the certs container and the webhook, which can be killed. */
final class ReplicaProcess implements Balancer.Member, AutoCloseable {
    private static final List<String> JAVA = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));

    private final Path folder;
    private final int port = FreePort.next();
    private final int healthPort = FreePort.next();
    private final List<String> certsCommand;
    private final Process webhook;
    private Process certs;

    /**
     * Starts both.
     *
     * @param rotation the flags of the times of the rotation
     */
    ReplicaProcess(ControlPlane plane, Path folder, Duration drain, List<String> rotation) throws IOException {
        this.folder = Files.createDirectories(folder);
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), plane.kubeconfig("purser", "purser-webhook"));
        Path volume = Files.createDirectories(folder.resolve("tls"));
        this.certsCommand = Stream.concat(
                        Stream.of(
                                "io.purser.certs.cli.Main",
                                "run",
                                "--out=" + volume,
                                "--listen=127.0.0.1:" + FreePort.next()),
                        rotation.stream())
                .toList();
        this.certs = start("certs", certsCommand, Map.of("KUBECONFIG", kubeconfig.toString()));
        this.webhook = start(
                "webhook",
                List.of(
                        "io.purser.webhook.cli.Main",
                        "serve",
                        "--listen=127.0.0.1:" + port,
                        "--health-listen=127.0.0.1:" + healthPort,
                        "--tls-cert=" + volume.resolve("tls.crt"),
                        "--tls-key=" + volume.resolve("tls.key"),
                        "--tls-wait=60s",
                        "--drain=" + drain.toSeconds() + "s",
                        "--store-address=https://vault.example:8200"),
                Map.of());
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public int healthPort() {
        return healthPort;
    }

    /** As the kubelet does with a certs container that has died. */
    void killAndRestartCerts() throws IOException {
        certs.destroyForcibly();
        certs = start(
                "certs",
                certsCommand,
                Map.of("KUBECONFIG", folder.resolve("kubeconfig").toString()));
    }

    /** As when a node is lost: nothing is said before. */
    void kill() {
        certs.destroyForcibly();
        webhook.destroyForcibly();
    }

    /** As the kubelet ends a pod; returns when both have ended. */
    void terminate() throws InterruptedException {
        certs.destroy();
        webhook.destroy();
        if (!webhook.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the webhook did not end: " + folder);
        }
    }

    private Process start(String name, List<String> command, Map<String, String> environment) throws IOException {
        List<String> whole = new ArrayList<>(JAVA);
        whole.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(whole)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(name + ".log").toFile()));
        builder.environment().putAll(environment);
        builder.environment().put("PURSER_POD_NAME", folder.getFileName().toString());
        return builder.start();
    }

    @Override
    public void close() {
        kill();
    }
}
