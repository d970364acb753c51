package io.purser.local.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.purser.local.install.Kustomize;
import io.purser.local.machine.FreePort;
import io.purser.local.node.ControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The certs program is told to end at random moments of its first seconds, and ends well within the 30 s of a pod's grace whatever
 * the API server does. Minutes long: {@code -Dpurser.processes=true}, with {@code -Dpurser.ends=60} of each kind.
 */
@EnabledIf(
        value = "io.purser.local.node.ControlPlane#isInstalled",
        disabledReason = "KUBEBUILDER_ASSETS names no folder with etcd and kube-apiserver")
@EnabledIfSystemProperty(
        named = "purser.processes",
        matches = "true",
        disabledReason = "minutes long: -Dpurser.processes=true")
class CertsEndTest {
    private static final int ENDS = Integer.getInteger("purser.ends", 10);
    private static final Duration LATEST_MOMENT = Duration.ofSeconds(6);
    private static final Duration GRACE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final Random random = new Random(5);
    private ControlPlane plane;
    private String kubeconfig;

    @BeforeEach
    void install() throws Exception {
        plane = ControlPlane.start(Files.createDirectories(folder.resolve("plane")));
        Installation.apply(plane.admin(), Kustomize.text("."));
        kubeconfig = plane.kubeconfig("purser", "purser-webhook");
    }

    @AfterEach
    void stop() {
        plane.close();
    }

    @Test
    void whileTheApiServerAnswers() throws Exception {
        ends("answers", kubeconfig, "the API server answers");
    }

    @Test
    void whileNobodyListens() throws Exception {
        String away = kubeconfig.replaceFirst("https://127.0.0.1:\\d+", "https://127.0.0.1:" + FreePort.next());
        assertThat(away).isNotEqualTo(kubeconfig);
        ends("away", away, "nobody listens");
    }

    @Test
    void whileTheApiServerHangs() throws Exception {
        Duration longest = Duration.ZERO;
        for (int number = 0; number < ENDS; number++) {
            String name = "hangs-" + number;
            Process certs = start(name, kubeconfig);
            letPass();
            signalApiServer("STOP");
            try {
                longest = longer(longest, end(name, certs));
            } finally {
                signalApiServer("CONT");
            }
        }
        tell("the API server hangs", longest);
    }

    private static void tell(String what, Duration longest) {
        System.getLogger(CertsEndTest.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        ENDS + " ends while " + what + ", longest " + longest.toMillis() + " ms");
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private void ends(String prefix, String kubeconfig, String what) throws IOException, InterruptedException {
        Duration longest = Duration.ZERO;
        for (int number = 0; number < ENDS; number++) {
            String name = prefix + "-" + number;
            Process certs = start(name, kubeconfig);
            letPass();
            longest = longer(longest, end(name, certs));
        }
        tell(what, longest);
    }

    /** How long it takes. */
    private Duration end(String name, Process certs) throws IOException, InterruptedException {
        try {
            assertThat(certs.isAlive()).as(log(name)).isTrue();
            long begin = System.nanoTime();
            certs.destroy();
            boolean ended = certs.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS);
            assertThat(ended).as("%s ends: %s", name, log(name)).isTrue();
            return Duration.ofNanos(System.nanoTime() - begin);
        } finally {
            certs.destroyForcibly();
        }
    }

    private String log(String name) throws IOException {
        return Files.readString(folder.resolve(name).resolve("log"));
    }

    /** From before the virtual machine knows of signals to after the first round, the Lease and the leaf. */
    private void letPass() {
        LockSupport.parkNanos(random.nextLong(LATEST_MOMENT.toNanos()));
    }

    private Process start(String name, String kubeconfig) throws IOException {
        Path own = Files.createDirectories(folder.resolve(name));
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "io.purser.certs.cli.Main",
                        "run",
                        "--out=" + own,
                        "--listen=127.0.0.1:0",
                        "--identity=" + name))
                .redirectErrorStream(true)
                .redirectOutput(own.resolve("log").toFile());
        builder.environment()
                .put(
                        "KUBECONFIG",
                        Files.writeString(own.resolve("kubeconfig"), kubeconfig).toString());
        return builder.start();
    }

    private static void signalApiServer(String signal) throws IOException, InterruptedException {
        long server = ProcessHandle.current()
                .descendants()
                .filter(child -> child.info().command().orElse("").endsWith("/kube-apiserver"))
                .findFirst()
                .orElseThrow()
                .pid();
        assertThat(new ProcessBuilder("kill", "-" + signal, String.valueOf(server))
                        .start()
                        .waitFor())
                .isZero();
    }
}
