package io.purser.certs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process, since only a process is ended by a signal. */
class RunCommandTest {
    private static final String LEASE = "/apis/coordination.k8s.io/v1/namespaces/purser/leases/purser-certs";

    @TempDir
    Path folder;

    @Test
    void endsSoonAndHandsTheLeaseBackWhenTheApiServerIsSlow() throws Exception {
        try (TinyApiServer server = new TinyApiServer()) {
            Process certs = start(server);
            try {
                await("the leaf is served", () -> Files.exists(folder.resolve("tls.crt")));
                await("the Lease is held", () -> server.object(LEASE).contains("\"holderIdentity\":\"one\""));
                server.delay(Duration.ofMillis(500));

                certs.destroy();

                assertThat(certs.waitFor(30, TimeUnit.SECONDS))
                        .as(Files.readString(folder.resolve("log")))
                        .isTrue();
                assertThat(server.object(LEASE)).doesNotContain("\"holderIdentity\":\"one\"");
            } finally {
                certs.destroyForcibly();
            }
        }
    }

    private Process start(TinyApiServer server) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "io.purser.certs.cli.Main",
                        "run",
                        "--out=" + folder,
                        "--listen=127.0.0.1:0",
                        "--identity=one"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment()
                .put(
                        "KUBECONFIG",
                        Files.writeString(folder.resolve("kubeconfig"), server.kubeconfig())
                                .toString());
        return builder.start();
    }

    private static void await(String what, BooleanSupplier condition) {
        Instant end = Instant.now().plusSeconds(30);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).as(what).isBefore(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
