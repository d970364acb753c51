package io.purser.certs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.purser.certs.run.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process, since only a process is ended by a signal. */
class RunCommandTest {
    @TempDir
    Path folder;

    @Test
    void endsSoonAndHandsTheLeaseBackWhenTheApiServerIsSlow() throws Exception {
        try (TinyApiServer server = new TinyApiServer()) {
            Process certs = start(server);
            try {
                Waiting.until("the leaf is served", () -> Files.exists(folder.resolve("tls.crt")));
                Waiting.until("the Lease is held", () -> server.object(TinyApiServer.LEASE)
                        .contains("\"holderIdentity\":\"one\""));
                server.delay(Duration.ofMillis(500));

                certs.destroy();

                assertThat(certs.waitFor(30, TimeUnit.SECONDS))
                        .as(Files.readString(folder.resolve("log")))
                        .isTrue();
                assertThat(server.object(TinyApiServer.LEASE)).doesNotContain("\"holderIdentity\":\"one\"");
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
}
