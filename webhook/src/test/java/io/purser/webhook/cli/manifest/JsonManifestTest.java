package io.purser.webhook.cli.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is given as JSON is printed as JSON, with its own texts as they were. */
class JsonManifestTest {

    private static final String VOLUME = """
            [{"op":"add","path":"/spec/volumes/-","value":{"name":"v","emptyDir":{"sizeLimit":"1Mi"}}}]""";

    @Test
    void onOneLine() throws Exception {
        assertThat(
                        patched(
                                "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"spec\": {\"containers\": [{\"name\": \"a\"}]}}\n"))
                .isEqualTo("""
                        {"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a"}], \
                        "volumes": [{"name": "v", "emptyDir": {"sizeLimit": "1Mi"}}]}}
                        """);
        assertThat(patched("{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"spec\":{\"volumes\":[]}}"))
                .isEqualTo("""
                {"apiVersion":"v1","kind":"Pod","spec":{"volumes":[{"name":"v","emptyDir":{"sizeLimit":"1Mi"}}]}}""");
    }

    @Test
    void onManyLinesAsKubectlPrintsIt() throws Exception {
        assertThat(patched("""
                ---
                {
                    "apiVersion": "v1",
                    "kind": "Pod",
                    "spec": {
                        "containers": [{"name": "a", "args": ["x", "y"]}],
                        "nodeSelector": {},
                        "volumes": []
                    }
                }
                """)).isEqualTo("""
                ---
                {
                    "apiVersion": "v1",
                    "kind": "Pod",
                    "spec": {
                        "containers": [{"name": "a", "args": ["x", "y"]}],
                        "nodeSelector": {},
                        "volumes": [
                            {
                                "name": "v",
                                "emptyDir": {
                                    "sizeLimit": "1Mi"
                                }
                            }
                        ]
                    }
                }
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"a\\/b\"",
                "\"\\u00a0\\u2028\\u0007\\b\\f\"",
                "\"\u00a0 é \uD83D\uDE00 \\uD83D\\uDE00 \u007f\"",
                "\"\\\"\\\\\"",
                "1.50",
                "-1e+3",
                "12345678901234567890",
                "null",
                "true",
                "{\"<<\":\"no merge\",\"0x1F\":\"yes\"}"
            })
    void everyScalarAsItWas(String value) throws Exception {
        assertThat(patched(
                        "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"x\\/y\":" + value + ",\"spec\":{\"volumes\":[]}}"))
                .contains(",\"x\\/y\":" + value + ",\"spec\"");
    }

    @Test
    void whatItsTextsMeanIsWhatIsPlanned() throws Exception {
        String json =
                "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"annotations\":{\"a\":\"x\\/\\u0031\\n\"}}}";
        assertThat(new String(pod(json).asAdmitted(), UTF_8)).contains("{\"a\":\"x/1\\n\"}");
    }

    @Test
    void objectsThatFollowEachOtherAreDocuments() throws Exception {
        String stream =
                "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\n\"spec\":{}}\n{\"apiVersion\":\"v1\",\"kind\":\"Pod\"}\n---\na: 1\n";
        List<YamlDocument> documents = YamlStream.read("x", stream);
        assertThat(documents.stream().map(YamlDocument::text).toList())
                .containsExactly(
                        "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\n\"spec\":{}}\n",
                        "{\"apiVersion\":\"v1\",\"kind\":\"Pod\"}\n",
                        "---\na: 1\n");
        ManifestPod second = ManifestPods.in(documents.get(1)).get(0);
        assertThat(second.document().positionOf(second.node())).hasToString("x:3");
    }

    @Test
    void equalKeysAreRefusedWithTheirPlace() {
        assertThatThrownBy(() -> YamlStream.read("x", "{\"a\": 1,\n \"\\u0061\": 2}"))
                .isInstanceOf(ManifestException.class)
                .hasMessage("x:2: The key a is there twice; remove one.");
    }

    @Test
    void whatIsNotQuiteJsonIsYaml() throws Exception {
        assertThat(patched("{apiVersion: v1, kind: Pod, spec: {}} # with a comment\n"))
                .startsWith("{apiVersion: v1, kind: Pod, spec: {\"volumes\": [")
                .endsWith("}} # with a comment\n");
    }

    private static ManifestPod pod(String json) throws ManifestException {
        return ManifestPods.in(YamlStream.read("x", json).get(0)).get(0);
    }

    private static String patched(String json) throws ManifestException {
        ManifestPod pod = pod(json);
        byte[] unused = pod.apply(VOLUME.getBytes(UTF_8));
        return pod.document().rewritten();
    }
}
