package io.purser.webhook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.purser.certs.authority.CertificateAuthority;
import io.purser.certs.authority.Leaf;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code serve} as a process: it says when it is ready, and SIGTERM ends it politely and with 0. On its way it does not use the equality that a record
 * leaves to the compiler, which is spun at its first use.
 */
class ServeProcessTest {

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 90, unit = TimeUnit.SECONDS)
    void isReadyThenDrainsThenEndsWith0() throws Exception {
        Leaf leaf = CertificateAuthority.create("test", Duration.ofDays(1), Instant.now())
                .issue(List.of("localhost"), Duration.ofHours(1), Instant.now());
        Path classes = folder.resolve("classes.log");
        ProcessBuilder serve = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xlog:class+load=info:file=" + classes,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                "--listen=127.0.0.1:" + freePort(),
                "--health-listen=127.0.0.1:0",
                "--drain=1s",
                "--tls-cert=" + Files.writeString(folder.resolve("tls.crt"), leaf.certificateChainPem()),
                "--tls-key=" + Files.writeString(folder.resolve("tls.key"), leaf.privateKeyPem()));
        serve.redirectError(folder.resolve("log").toFile());
        serve.environment().put("AGENT_INJECT_VAULT_ADDR", "https://vault.example:8200");
        Process process = serve.start();
        try (BufferedReader out = process.inputReader()) {
            Matcher ready = Pattern.compile(
                            "purser: ready at https://127\\.0\\.0\\.1:\\d+/mutate, health and metrics on port (\\d+)")
                    .matcher(String.valueOf(out.readLine()));
            assertThat(ready.matches())
                    .as("%s", Files.readString(folder.resolve("log")))
                    .isTrue();
            URI readyz = URI.create("http://127.0.0.1:" + ready.group(1) + "/readyz");
            assertThat(status(readyz)).isEqualTo(200);
            process.destroy();
            while (status(readyz) == 200) {
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            }
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(Files.readString(folder.resolve("log"))).contains("Shutting down: still answering for 1 s.");
            assertThat(Files.readString(classes))
                    .contains(Serve.class.getName())
                    .doesNotContain("java.lang.runtime.ObjectMethods");
        } finally {
            process.destroyForcibly();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0)) {
            return any.getLocalPort();
        }
    }

    private static int status(URI uri) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                .statusCode();
    }
}
