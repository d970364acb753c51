package io.purser.webhook.cli.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {

    private static final String POD = """
            # what this pod is for
            apiVersion: v1
            kind: Pod
            metadata:
              name: 'web' # its name
              annotations: {purser.io/inject: "true"}
            spec:
              # the application
              containers:
                - name: app
                  image: "app:1"
                  args: ["-v", '1.50']
                  env:
                    - name: MODE
                      value: "0644"
              terminationGracePeriodSeconds: 30 # seconds
            """;

    @Test
    void joinedDocumentsAreTheStreamByteForByte() throws Exception {
        String stream = "# one\r\na: 1\n---   # two\nb:  {c: [1,2]}\n...\n---\n--- |\n  text\n---\n# only a comment\n";
        assertThat(YamlStream.read("x", stream).stream().map(YamlDocument::text).collect(Collectors.joining()))
                .isEqualTo(stream);
    }

    @Test
    void aPatchedDocumentKeepsOrderCommentsAndStyles() throws Exception {
        YamlDocument document = YamlStream.read("x", POD).get(0);
        ManifestPod pod = ManifestPods.in(document).get(0);
        pod.apply("""
                [{"op":"add","path":"/metadata/annotations/purser.io~1status","value":"injected"},
                 {"op":"add","path":"/spec/volumes/-","value":{"name":"purser-secrets","emptyDir":{"medium":"Memory"}}},
                 {"op":"add","path":"/spec/initContainers/-","value":{"name":"agent","args":["a","0644","true","two\\nlines\\n"]}},
                 {"op":"add","path":"/spec/containers/0/volumeMounts/-","value":{"name":"purser-secrets","mountPath":"/x"}}]""".getBytes(UTF_8));
        assertThat(document.rewritten()).isEqualTo("""
                # what this pod is for
                apiVersion: v1
                kind: Pod
                metadata:
                  name: 'web' # its name
                  annotations: {purser.io/inject: "true", purser.io/status: injected}
                spec:
                  # the application
                  containers:
                    - name: app
                      image: "app:1"
                      args: ["-v", '1.50']
                      env:
                        - name: MODE
                          value: "0644"
                      volumeMounts:
                        - name: purser-secrets
                          mountPath: /x
                  terminationGracePeriodSeconds: 30 # seconds
                  volumes:
                    - name: purser-secrets
                      emptyDir:
                        medium: Memory
                  initContainers:
                    - name: agent
                      args:
                        - a
                        - '0644'
                        - 'true'
                        - |
                          two
                          lines
                """);
    }

    @Test
    void thePatchOfAnObjectFitsItAsItStands() throws Exception {
        String deployment = """
                apiVersion: apps/v1
                kind: Deployment
                spec: {template: {spec: {containers: [{name: app}]}}}
                """;
        ManifestPod pod =
                ManifestPods.in(YamlStream.read("x", deployment).get(0)).get(0);
        byte[] patch = pod.apply("""
                [{"op":"add","path":"/spec/containers/0/volumeMounts/-","value":{"name":"v","mountPath":"/v"}},
                 {"op":"add","path":"/spec/containers/0/volumeMounts/-","value":{"name":"w","mountPath":"/w"}}]""".getBytes(UTF_8));
        assertThat(new String(patch, UTF_8)).isEqualTo("""
                [{"op":"add","path":"/spec/template/spec/containers/0/volumeMounts","value":[]},\
                {"op":"add","path":"/spec/template/spec/containers/0/volumeMounts/-","value":{"name":"v","mountPath":"/v"}},\
                {"op":"add","path":"/spec/template/spec/containers/0/volumeMounts/-","value":{"name":"w","mountPath":"/w"}}]""");
    }

    @Test
    void theTokenIsThereForPlanningOnly() throws Exception {
        ManifestPod pod = ManifestPods.in(YamlStream.read("x", POD).get(0)).get(0);
        String admitted = new String(pod.asAdmitted(), UTF_8);
        assertThat(admitted)
                .contains("\"mountPath\":\"/var/run/secrets/kubernetes.io/serviceaccount\"")
                .contains("\"serviceAccountToken\"");
        String volume = admitted.replaceAll("(?s).*\"volumeMounts\":\\[\\{\"name\":\"([^\"]+)\".*", "$1");
        String patch = """
                [{"op":"add","path":"/spec/containers/-","value":{"name":"agent","volumeMounts":[
                {"name":"%s","mountPath":"/var/run/secrets/kubernetes.io/serviceaccount"},{"name":"own","mountPath":"/o"}]}},
                {"op":"add","path":"/spec/containers/0/volumeMounts/-","value":{"name":"%s","mountPath":"/t"}}]""".formatted(volume, volume);
        assertThat(new String(pod.apply(patch.getBytes(UTF_8)), UTF_8)).isEqualTo("""
                [{"op":"add","path":"/spec/containers/-","value":{"name":"agent","volumeMounts":[\
                {"name":"own","mountPath":"/o"}]}}]""");
        assertThat(pod.document().rewritten()).doesNotContain(volume);
    }

    @Test
    void aPodWithoutTheTokenIsPlannedWithoutIt() throws Exception {
        String pod = POD.replace("spec:\n", "spec:\n  automountServiceAccountToken: false\n");
        assertThat(new String(
                        ManifestPods.in(YamlStream.read("x", pod).get(0)).get(0).asAdmitted(), UTF_8))
                .doesNotContain("serviceaccount");
    }

    @Test
    void findsPodsInListsAndInEveryKindOfWorkload() throws Exception {
        String stream = """
                apiVersion: v1
                kind: List
                items:
                - {apiVersion: v1, kind: Pod, metadata: {name: a, namespace: ns}, spec: {}}
                - {apiVersion: batch/v1, kind: CronJob, metadata: {name: b}, spec: {jobTemplate: {spec: {template: {spec: {}}}}}}
                - {apiVersion: v1, kind: ConfigMap, metadata: {name: c}}
                - {apiVersion: example.com/v1, kind: Deployment, spec: {template: {spec: {}}}}
                - {apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {name: r}, spec: {template: {spec: {}}}}
                - {apiVersion: apps.openshift.io/v1, kind: DeploymentConfig, metadata: {name: o}, spec: {template: {spec: {}}}}
                ---
                {apiVersion: apps/v1, kind: StatefulSet, metadata: {generateName: d-}, spec: {template: {spec: {}}}}
                ---
                just a text
                ---
                """;
        List<ManifestPod> pods = YamlStream.read("x", stream).stream()
                .flatMap(document -> ManifestPods.in(document).stream())
                .toList();
        assertThat(pods.stream().map(ManifestPod::title))
                .containsExactly("Pod ns/a", "CronJob b", "Rollout r", "DeploymentConfig o", "StatefulSet d-");
        assertThat(pods.stream().map(ManifestPod::pointer))
                .containsExactly(
                        "", "/spec/jobTemplate/spec/template", "/spec/template", "/spec/template", "/spec/template");
        assertThat(pods.get(4).document().positionOf(pods.get(4).node())).hasToString("x:11");
    }

    @Test
    void aChangeBelowAnAliasChangesThatPlaceOnly() throws Exception {
        String stream = """
                apiVersion: v1
                kind: List
                items:
                - &pod
                  apiVersion: v1
                  kind: Pod
                  spec: &spec
                    containers:
                    - &app {name: app, image: app}
                - <<: *pod
                  metadata: {name: second}
                """;
        YamlDocument document = YamlStream.read("x", stream).get(0);
        List<ManifestPod> pods = ManifestPods.in(document);
        pods.get(0).apply("""
                [{"op":"add","path":"/spec/containers/0/tty","value":true}]""".getBytes(UTF_8));
        assertThat(document.rewritten()).isEqualTo("""
                apiVersion: v1
                kind: List
                items:
                - apiVersion: v1
                  kind: Pod
                  spec:
                    containers:
                    - {name: app, image: app, tty: true}
                - metadata: {name: second}
                  apiVersion: v1
                  kind: Pod
                  spec:
                    containers:
                    - {name: app, image: app}
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "1.50,1.50",
        "0644,420",
        "0o17,15",
        "-0O1_7,-15",
        "'\"0o17\"','\"0o17\"'",
        "0x1F,31",
        "1_000,1000",
        "10:30,'\"10:30\"'",
        "yes,true",
        "~,null",
        "1e3,1e3",
        ".5,0.5",
        "2026-01-01,'\"2026-01-01\"'",
        "'\"1\"','\"1\"'",
        "-0b11,-3",
        "1.0.0,'\"1.0.0\"'"
    })
    void scalarsAreWhatGoMakesOfThem(String yaml, String json) throws Exception {
        String pod = "{apiVersion: v1, kind: Pod, spec: {automountServiceAccountToken: false, x: " + yaml + "}}";
        assertThat(new String(
                        ManifestPods.in(YamlStream.read("x", pod).get(0)).get(0).asAdmitted(), UTF_8))
                .endsWith("\"x\":" + json + "}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a: [", "a: 1\na: 2", "a: b: c", "\t- x", "a: &x {b: *x}", "a: !!java.net.URL [x]\nb: *nope"})
    void whatIsNotYamlIsRefusedWithItsPlace(String text) {
        assertThatThrownBy(() -> YamlStream.read("file.yaml", "ok: 1\n---\n" + text))
                .isInstanceOf(ManifestException.class)
                .hasMessageMatching("(?s)file\\.yaml:[2-5]: .*\\.");
    }

    @Test
    void aliasesOfAliasesEndSoon() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 20; i++) {
            String alias = "*a" + (i - 1);
            bomb.append(
                    "a" + i + ": &a" + i + " [" + String.join(",", java.util.Collections.nCopies(9, alias)) + "]\n");
        }
        assertThatThrownBy(() -> YamlStream.read("bomb", bomb.toString())).isInstanceOf(ManifestException.class);
    }
}
