package io.purser.local.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every example end to end, in both shapes of the agent. */
class ExamplesTest {

    @TempDir
    Path out;

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        assertThat(TryRun.directories(ProcessHandle.current().pid())).isEmpty();
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    private TryRun run(String example, String sidecar) {
        TryRun run = TryRun.of(TryRun.example(example), "--out", out, "--sidecar", sidecar);
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains(sidecar.equals("native") ? "native sidecar purser-agent" : "init container");
        return run;
    }

    private static void assertRotationSeen(TryRun run) {
        assertThat(run.out()).contains("the files have followed after");
    }

    private static void assertAllRevoked(TryRun run) {
        assertThat(run.out()).containsPattern("\\d+ tokens? and \\d+ leases? were given out, all are revoked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"native", "classic"})
    void web(String sidecar) throws IOException {
        TryRun run = run("web", sidecar);

        assertRotationSeen(run);
        assertAllRevoked(run);
        assertThat(run.out()).contains("1 token and 0 leases");
        List<String> lines = Files.readAllLines(out.resolve("purser/secrets/app.yaml"));
        assertThat(lines)
                .contains(
                        "server:",
                        "  port: 8080",
                        "  url: postgres://shop-web@db.shop.svc:5432/shop",
                        "  key: NmIxZjBjN2UyZDlhNDg1Mw==");
        assertThat(lines).anyMatch(line -> line.matches(" {2}password: \"rotated-[0-9a-f]{16}\""));
        assertThat(run.out()).contains("[web] 7").doesNotContain("rotated-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"native", "classic"})
    void nginxWithATlsKeyPair(String sidecar) throws IOException {
        TryRun run = run("nginx-tls", sidecar);

        assertRotationSeen(run);
        assertAllRevoked(run);
        Path certificate = out.resolve("purser/secrets/tls.crt");
        Path key = out.resolve("purser/secrets/tls.key");
        assertThat(Files.readString(certificate)).startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(Files.readString(key)).startsWith("-----BEGIN PRIVATE KEY-----");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(certificate)))
                .isEqualTo("rw-r--r--");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-r-----");
        assertThat(run.out()).doesNotContain("BEGIN PRIVATE KEY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"native", "classic"})
    void javaApplicationWithDatabaseCredentials(String sidecar) throws IOException {
        TryRun run = run("java-database", sidecar);

        assertRotationSeen(run);
        assertAllRevoked(run);
        Properties properties = new Properties();
        properties.load(new StringReader(Files.readString(out.resolve("config/application.properties"))));
        assertThat(properties.getProperty("spring.datasource.username")).startsWith("v-");
        assertThat(properties.getProperty("spring.datasource.password")).hasSize(21);
        assertThat(properties.getProperty("payment.api-key")).startsWith("rotated-");
    }

    @Test
    void aJobThatNeedsItsSecretOnce() throws IOException {
        TryRun run = TryRun.of(TryRun.example("job"), "--out", out);
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();

        assertAllRevoked(run);
        assertThat(run.out())
                .contains("init container purser-agent")
                .contains("[report] the report goes out as ")
                .contains("the job has ended")
                .doesNotContain("rotation");
        try (Stream<Path> files = Files.walk(out)) {
            assertThat(files.filter(Files::isRegularFile)).containsExactly(out.resolve("purser/secrets/smtp.env"));
        }
    }

    @Test
    void aManifestForVaultsInjectorAsItIs() throws IOException {
        TryRun run = TryRun.of(TryRun.example("vault-injector"), "--out", out);
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();

        assertRotationSeen(run);
        assertThat(Files.readString(out.resolve("vault/secrets/config.env")))
                .matches("export PAYMENTS_USER=payments\nexport PAYMENTS_PASSWORD=rotated-[0-9a-f]{16}\n");
        assertThat(Files.readString(out.resolve("vault/secrets/raw"))).startsWith("data: map[password:rotated-");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(out.resolve("vault/secrets/config.env"))))
                .isEqualTo("rw-r--r--");
    }

    @Test
    void onceStopsAfterTheFirstRendering() throws IOException {
        TryRun run = TryRun.of(TryRun.example("web"), "--once", "--show", "--out", out);
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();

        assertThat(run.out())
                .contains("password: \"correct-horse \\\"battery\\\" staple\"")
                .doesNotContain("rotation");
        assertThat(Files.readString(out.resolve("purser/secrets/app.yaml"))).contains("correct-horse");
    }
}
