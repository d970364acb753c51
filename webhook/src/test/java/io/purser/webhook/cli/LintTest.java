package io.purser.webhook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code lint} finds besides what the webhook says of a pod. */
class LintTest {

    private static final Path FOLDER = Path.of("src/test/resources/io/purser/webhook/cli");

    @TempDir
    Path folder;

    @Test
    void strictLintCountsWarnings() {
        String stream = FOLDER.resolve("stream.yaml").toString();
        assertThat(Outcome.of("lint", "-f", stream).exitCode()).isZero();
        assertThat(Outcome.of("lint", "-f", stream, "--strict").exitCode()).isEqualTo(1);
    }

    @Test
    void lintReadsATemplateWithTheDelimitersOfThePodThatNamesIt() throws IOException {
        String stream = """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: web
                  annotations:
                    purser.io/inject: "true"
                    purser.io/role: web
                    purser.io/template-file-conf: templates/%s
                    purser.io/left-delimiter-conf: "<<"
                    purser.io/right-delimiter-conf: ">>"
                spec:
                  containers: [{name: web}]
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: templates}
                data:
                  good: '{{ not ours << env "HOME" >>'
                  bad: "<< nosuch >>"
                  other.tmpl: "{{ nosuch }}"
                """;
        String good = Outcome.of("lint", "-f", write("good.yaml", stream.formatted("good")))
                .out();
        assertThat(good).contains("other.tmpl:1:4").doesNotContain("good:1", "bad:1");
        String bad = Outcome.of("lint", "-f", write("bad.yaml", stream.formatted("bad")))
                .out();
        assertThat(bad).contains("bad:1:4", "other.tmpl:1:4");
    }

    @ParameterizedTest
    @CsvSource({"json,'\"rule\" : \"unreadable-manifest\"'", "sarif,'\"ruleId\" : \"unreadable-manifest\"'"})
    void aManifestThatIsNoYamlIsAFindingForPrograms(String form, String finding) throws IOException {
        Outcome outcome = Outcome.of("lint", "-o", form, "-f", write("bad.yaml", "ok: 1\n---\na: [\n"));
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).contains(finding, "This is not YAML");
        assertThat(outcome.err()).contains("This is not YAML");
    }

    @Test
    void anAnnotationOfTheWorkloadThatItsPodsHaveNotIsMisplaced() throws IOException {
        String stream = """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: web
                  annotations:
                    example.com/owner: us
                    purser.io/role: web
                    vault.hashicorp.com/agent-inject: "true"
                spec:
                  template:
                    metadata: {annotations: {purser.io/inject: "false", purser.io/role: web}}
                    spec: {containers: [{name: web}]}
                """;
        Outcome outcome = Outcome.of("lint", "-f", write("web.yaml", stream));
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .isEqualTo(folder.resolve("web.yaml") + ":8: warning: Deployment web: annotation"
                        + " vault.hashicorp.com/agent-inject is the Deployment's and not its pods'; put it under"
                        + " spec.template.metadata.annotations\n");
    }

    @Test
    void lintNamesTwoKeysThatMakeOneFile() throws IOException {
        String stream = """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: web
                  annotations: {purser.io/inject: "true", purser.io/role: web, purser.io/templates: "one,two"}
                spec:
                  containers: [{name: web}]
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: one}
                data: {app.conf: a, app.conf.tmpl: b, other.tmpl: c}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: two}
                data: {other: d}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: of-nobody}
                data: {app.conf: a, other: b}
                """;
        Outcome outcome = Outcome.of("lint", "-f", write("clash.yaml", stream));
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out())
                .contains("it makes the file app.conf, as one/app.conf does")
                .contains("it makes the file other, as one/other.tmpl does")
                .containsPattern("clash.yaml:12:.*app.conf")
                .doesNotContain("of-nobody");
    }

    @Test
    void aConfigMapOfAnotherNamespaceIsAnotherOne() throws IOException {
        String stream = """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: web
                  namespace: here
                  annotations: {purser.io/inject: "true", purser.io/role: web, purser.io/templates: conf}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: conf, namespace: here}
                data: {app.conf: "{{ end }}"}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: conf, namespace: there}
                data: {app.conf.tmpl: good, notes: "{{ end }}"}
                """;
        Outcome outcome = Outcome.of("lint", "-f", write("namespaces.yaml", stream));
        assertThat(outcome.out().lines()).hasSize(1).allMatch(line -> line.contains("namespaces.yaml:11"));
    }

    @Test
    void whatNobodyAsksForIsTold() throws IOException {
        String stream = """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: labels
                  labels: {purser.io/inject: "true", app: x}
                ---
                apiVersion: v1
                kind: Pod
                metadata:
                  name: peer
                  annotations: {vault.hashicorp.com/role: web, vault.hashicorp.com/agent-inject-status: injected}
                ---
                apiVersion: v1
                kind: Pod
                metadata:
                  name: status
                  annotations: {vault.hashicorp.com/agent-inject-status: injected, vault.hashicorp.com/other: x}
                """;
        Outcome outcome = Outcome.of("lint", "-f", write("pods.yaml", stream));
        assertThat(outcome.out().replace(folder + "/", "").lines())
                .containsExactly(
                        "pods.yaml:5: warning: Pod labels: purser.io/inject is a label here and not an annotation; put it"
                                + " under metadata.annotations",
                        "pods.yaml:10: warning: Pod peer: the pod has annotations under vault.hashicorp.com/ but not"
                                + " vault.hashicorp.com/agent-inject, so that nothing is injected",
                        "pods.yaml:17: warning: Pod status: annotation vault.hashicorp.com/other is not known");
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
