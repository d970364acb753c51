package io.purser.local.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.purser.certs.authority.CertificateAuthority;
import io.purser.local.store.EmbeddedStore;
import io.purser.local.trust.TlsContexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong at a person's hand: each with a sentence that says what to do, and the right exit code. */
class BadInputTest {

    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata:
              name: app
              annotations:
                purser.io/inject: "true"
                purser.io/role: app
                %s
            spec:
              containers:
                - name: app
                  image: app:1
            """;

    @TempDir
    Path folder;

    private Path pod(String annotations) throws IOException {
        return Files.writeString(folder.resolve("pod.yaml"), POD.formatted(annotations.replace("\n", "\n    ")));
    }

    private static void assertRefused(TryRun run, int exitCode, String... words) {
        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(exitCode);
        assertThat(run.err()).contains(words).doesNotContain("try failed", "\tat ", "Exception");
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void noSuchFile() {
        assertRefused(TryRun.of(folder.resolve("none.yaml")), 1, "there is no file", "none.yaml");
    }

    @Test
    void notYaml() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.yaml"), "kind: Pod\nmetadata: [oops\nspec: x\n");
        assertRefused(TryRun.of(file), 1, "bad.yaml is not YAML: line 3");
        assertRefused(TryRun.of(Files.writeString(file, "just words\n")), 1, "is not a Kubernetes manifest");
        assertRefused(TryRun.of(Files.writeString(file, "kind: Service\n")), 1, "there is no pod in");
    }

    @Test
    void flagsThatDoNotGoTogether() {
        assertRefused(TryRun.of("--jwt", "x"), 2, "--ca and --jwt go with --vault");
        assertRefused(TryRun.of("--nonsense"), 2, "--nonsense");
        assertRefused(TryRun.of("--vault", "nowhere"), 2, "--vault takes a URL such as");
    }

    @Test
    void aPodThatTheWebhookDenies() throws IOException {
        Path file = Files.writeString(
                folder.resolve("pod.yaml"),
                POD.formatted("purser.io/secret-a: secret/data/a")
                        .replace("purser.io/role: app", "purser.io/mode-a: x"));
        assertRefused(TryRun.of(file), 1, "denied", "purser.io/role", "purser.io/mode-a");
    }

    @Test
    void aPodThatAsksForNothing() throws IOException {
        Path file = Files.writeString(
                folder.resolve("pod.yaml"),
                POD.formatted("").replace("purser.io/inject: \"true\"", "a: b").replace("purser.io/role: app", "c: d"));
        assertRefused(TryRun.of(file), 1, "the webhook left the pod default/app as it is");
    }

    @Test
    void aTemplateInAnAnnotationWithASyntaxError() throws IOException {
        assertRefused(TryRun.of(pod("purser.io/template-a: 'ok {{ if }}'")), 1, "purser.io/template-a", "line 1");
    }

    @Test
    void aTemplateInAConfigMapWithASyntaxError() throws IOException {
        Path file = pod("purser.io/templates: templates");
        Files.writeString(file, Files.readString(file) + """
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: templates}
                data:
                  app.conf: |
                    first line
                    {{ nope "x" }}
                """);
        TryRun run = TryRun.of(file);
        assertRefused(run, 1, "the agent purser-agent ended with 1");
        assertThat(run.out()).contains("app.conf", "nope").containsPattern("(line )?2[:, ]");
    }

    @Test
    void aSecretThatIsNotThere() throws IOException {
        assertRefused(
                TryRun.of(pod("purser.io/secret-a: secret/data/nowhere")),
                1,
                "the store has no secret at secret/data/nowhere",
                "secrets.json");
    }

    @Test
    void aSecretThatThePolicyDenies() throws IOException {
        Files.writeString(
                folder.resolve("secrets.json"), "{\"secret/data/a\": {\"data\": {\"data\": {\"x\": \"1\"}}}}");
        Files.writeString(folder.resolve("policy.hcl"), "path \"secret/data/b\" { capabilities = [\"read\"] }");
        assertRefused(TryRun.of(pod("purser.io/secret-a: secret/data/a")), 1, "policy does not allow secret/data/a");
    }

    @Test
    void aConfigMapThatIsNotThere() throws IOException {
        Path file = pod("purser.io/secret-a: secret/data/a");
        Files.writeString(file, Files.readString(file) + "  volumes: [{name: conf, configMap: {name: missing}}]\n");
        assertRefused(TryRun.of(file), 1, "needs the ConfigMap missing in namespace default");
    }

    @Test
    void secretsThatAreNoJson() throws IOException {
        Path secrets = Files.writeString(folder.resolve("s.json"), "{\n  \"a\": x}");
        assertRefused(TryRun.of(pod(""), "--secrets", secrets), 1, "s.json is not JSON: line 2, column");
        assertRefused(TryRun.of(pod(""), "--secrets", folder.resolve("no.json")), 1, "there is no file");
    }

    @Test
    void aStoreThatCannotBeReachedOrTrusted() throws IOException {
        Instant now = Instant.now();
        CertificateAuthority right = CertificateAuthority.create("right", Duration.ofDays(1), now);
        CertificateAuthority wrong = CertificateAuthority.create("wrong", Duration.ofDays(1), now);
        Path ca = Files.writeString(folder.resolve("ca.pem"), wrong.certificatePem());
        Path file = pod("purser.io/secret-a: secret/data/a");
        try (EmbeddedStore store = EmbeddedStore.start(EmbeddedStore.Settings.plain()
                .over(TlsContexts.server(right.issue(List.of("127.0.0.1"), Duration.ofDays(1), now))))) {
            assertRefused(TryRun.of(file, "--vault", store.address(), "--ca", ca), 3, "is not trusted", "with --ca");
            store.faults().seal();
            Files.writeString(ca, right.certificatePem());
            store.hang();
            assertRefused(TryRun.of(file, "--vault", store.address(), "--ca", ca), 3, "cannot be reached");
        }
        assertRefused(TryRun.of(file, "--vault", "https://127.0.0.1:1", "--ca", file), 1, "holds no certificate");
    }

    @Test
    void aFolderThatCannotBeWrittenTo() throws IOException {
        Path file = Files.writeString(folder.resolve("occupied"), "");
        Files.writeString(
                folder.resolve("secrets.json"), "{\"secret/data/a\": {\"data\": {\"data\": {\"x\": \"1\"}}}}");
        assertRefused(
                TryRun.of(pod("purser.io/secret-a: secret/data/a"), "--once", "--out", file),
                3,
                "the files cannot be written below",
                "occupied");
    }
}
