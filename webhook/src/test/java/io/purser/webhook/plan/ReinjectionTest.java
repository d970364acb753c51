package io.purser.webhook.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.purser.webhook.pod.JsonTree;
import io.purser.webhook.policy.Option;
import io.purser.webhook.policy.Settings;
import io.purser.webhook.policy.SettingsReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a pod gets that comes back after another webhook changed it. */
class ReinjectionTest {

    private static final Settings SETTINGS = SettingsReader.read(Map.of(Option.STORE_ADDRESS, "https://vault:8200"))
            .settings();

    private static Map<String, Object> injected(Map<String, String> annotations) throws IOException {
        String pod = JsonTree.text(Map.of(
                "metadata", Map.of("annotations", annotations),
                "spec",
                        Map.of(
                                "containers",
                                List.of(Map.of(
                                        "name",
                                        "web",
                                        "volumeMounts",
                                        List.of(Map.of(
                                                "name", "sa",
                                                "mountPath", "/var/run/secrets/kubernetes.io/serviceaccount")))))));
        PatchedPod patched = PatchedPod.of(pod, Admission.create("shop"), SETTINGS);
        assertThat(patched.decision()).isInstanceOf(Decision.Inject.class);
        return Tree.copyOf(patched.after());
    }

    private static Map<String, Object> with(Map<String, Object> pod, String list, Map<String, Object> container) {
        Map<String, Object> copy = Tree.copyOf((Map<?, ?>) Trees.copy(pod));
        @SuppressWarnings("unchecked")
        Map<String, Object> spec = (Map<String, Object>) copy.get("spec");
        @SuppressWarnings("unchecked")
        List<Object> containers = (List<Object>) spec.get(list);
        containers.add(container);
        return copy;
    }

    @Test
    void aContainerThatCameLaterGetsItsMount() throws IOException {
        Map<String, Object> pod = injected(
                Map.of("purser.io/inject", "true", "purser.io/role", "web", "purser.io/secret-db", "kv/data/web"));
        PatchedPod again = PatchedPod.of(
                JsonTree.text(with(pod, "containers", Map.of("name", "late"))), Admission.create("shop"), SETTINGS);
        assertThat(again.decision().reason().word()).isEqualTo("mounts-added");
        assertThat(again.patch())
                .isEqualTo("[{\"op\":\"add\",\"path\":\"/spec/containers/1/volumeMounts\",\"value\":"
                        + "[{\"name\":\"purser-secrets\",\"mountPath\":\"/purser/secrets\",\"readOnly\":true}]}]");
    }

    @Test
    void aMeshProxyThatCameLaterGetsNone() throws IOException {
        Map<String, Object> pod = injected(
                Map.of("purser.io/inject", "true", "purser.io/role", "web", "purser.io/secret-db", "kv/data/web"));
        PatchedPod again = PatchedPod.of(
                JsonTree.text(with(pod, "containers", Map.of("name", "istio-proxy"))),
                Admission.create("shop"),
                SETTINGS);
        assertThat(again.decision().reason().word()).isEqualTo("already-injected");
    }

    @Test
    void aPeersPodGivesItsInitContainersTheirMountsToo() throws IOException {
        Map<String, Object> pod = injected(Map.of(
                "vault.hashicorp.com/agent-inject", "true",
                "vault.hashicorp.com/role", "web",
                "vault.hashicorp.com/agent-inject-secret-db", "kv/web"));
        Map<String, Object> late = with(pod, "initContainers", Map.of("name", "late"));
        PatchedPod again = PatchedPod.of(JsonTree.text(late), Admission.create("shop"), SETTINGS);
        assertThat(again.patch())
                .isEqualTo("[{\"op\":\"add\",\"path\":\"/spec/initContainers/1/volumeMounts\",\"value\":"
                        + "[{\"name\":\"purser-secrets\",\"mountPath\":\"/vault/secrets\"}]}]");
    }
}
