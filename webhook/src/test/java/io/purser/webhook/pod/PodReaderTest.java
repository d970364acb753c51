package io.purser.webhook.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodReaderTest {

    private static PodSnapshot read(String json) throws IOException {
        try (JsonParser parser = PodReader.JSON.createParser(json)) {
            parser.nextToken();
            return PodReader.read(parser);
        }
    }

    @Test
    void readsWhatDecides() throws IOException {
        PodSnapshot pod = read("""
                {"metadata":{"name":"web-0","annotations":{"b":"1","a":null},"labels":{"x":{}}},
                 "spec":{"serviceAccountName":"web","hostNetwork":true,"shareProcessNamespace":false,
                  "terminationGracePeriodSeconds":5,"securityContext":{"fsGroup":7,"runAsUser":8},
                  "nodeSelector":{"kubernetes.io/os":"windows"},
                  "volumes":[{"name":"sa","projected":{"sources":[{"configMap":{"name":"x"}},
                    {"serviceAccountToken":{"audience":"vault","path":"t","expirationSeconds":600}}]}},
                    {"name":"empty","emptyDir":{}}],
                  "initContainers":null,
                  "containers":[{"name":"web","image":"x","ports":[{"containerPort":80}],
                    "env":[{"name":"A","value":"1"},{"name":"B","valueFrom":{"fieldRef":{}}}],
                    "resources":{"limits":{"cpu":1,"memory":"1Gi"}},"securityContext":{"runAsUser":9},
                    "volumeMounts":[{"name":"sa","mountPath":"/sa/","readOnly":true,"subPath":"s"}]}]},
                 "status":{"phase":"Pending"}}
                """);
        assertThat(pod.name()).isEqualTo("web-0");
        assertThat(pod.annotations()).containsExactly(java.util.Map.entry("b", "1"), java.util.Map.entry("a", ""));
        assertThat(pod.phase()).isEqualTo("Pending");
        assertThat(pod.serviceAccount()).isEqualTo("web");
        assertThat(pod.windows()).isTrue();
        assertThat(pod.hostNetwork()).isTrue();
        assertThat(pod.shareProcessNamespace()).isFalse();
        assertThat(pod.terminationGrace()).hasSeconds(5);
        assertThat(pod.securityContext()).isEqualTo(new SecurityContext(8L, null, 7L));
        Volume volume = pod.volume("sa");
        assertThat(volume).isNotNull();
        assertThat(volume.tokens()).containsExactly(new Volume.ProjectedToken("vault", "t"));
        assertThat(pod.initContainers()).isEmpty();
        Container web = pod.containers().get(0);
        assertThat(web.ports()).containsExactly(80);
        assertThat(web.env()).containsExactly(new EnvVar("A", "1"), new EnvVar("B", null));
        assertThat(web.resources().limits()).containsEntry("cpu", "1");
        assertThat(web.mountAt("/sa")).isEqualTo(new Mount("sa", "/sa/", true, "s", null, null, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | must be an object",
                "{\"spec\":{\"containers\":\"none\"}} | /spec/containers must be a list, not a string",
                "{\"metadata\":{\"annotations\":{\"a\":true}}} | /metadata/annotations/a must be a string, not true",
                "{\"spec\":{\"containers\":[1]}} | /spec/containers/0 must be an object",
                "{\"spec\":{\"hostNetwork\":\"yes\"}} | /spec/hostNetwork must be true or false",
                "{\"spec\":{\"securityContext\":{\"fsGroup\":\"1\"}}} | fsGroup must be a whole number"
            })
    void saysWhereAPodIsNone(String json, String message) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(PodFormatException.class)
                .hasMessageContaining(message);
    }

    @Test
    void isBoundedInDepth() {
        String deep = "{\"spec\":{\"affinity\":" + "[".repeat(200) + "]".repeat(200) + "}}";
        assertThatThrownBy(() -> read(deep)).isInstanceOf(IOException.class);
    }

    @Test
    void nullIsAPodThatSaysNothing() throws IOException {
        assertThat(read("null").containers()).isEmpty();
    }
}
