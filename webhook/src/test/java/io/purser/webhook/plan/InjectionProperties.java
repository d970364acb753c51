package io.purser.webhook.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1Pod;
import io.purser.agent.config.AgentConfig;
import io.purser.agent.config.AgentConfigJson;
import io.purser.agent.config.TlsConfig;
import io.purser.webhook.pod.JsonTree;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What holds of every pod that is injected, whatever it asked for. */
final class InjectionProperties {

    private static final Set<String> METHODS = Set.of("kubernetes", "jwt", "approle", "cert", "token_file");

    private InjectionProperties() {}

    static void assertHold(PatchedPod pod, String what) {
        nothingIsTakenAway(pod, what);
        namesAreUnique(pod, what);
        theAgentTakesItsConfiguration(pod, what);
    }

    static void nothingIsTakenAway(PatchedPod pod, String what) {
        assertThat(PeerProjection.contains(pod.after(), pod.before())).as(what).isTrue();
        assertThat(pod.patch()).as(what).doesNotContain("\"op\":\"remove\"", "\"op\":\"replace\"");
    }

    /** A model of the API that is not ours knows every field of a pod that had known ones only. */
    static void isAPod(PatchedPod pod, String what) throws IOException {
        V1Pod.validateJsonElement(JsonParser.parseString(JsonTree.text(pod.after())));
    }

    static void namesAreUnique(PatchedPod pod, String what) {
        Set<String> names = new HashSet<>();
        Set<String> volumes = new HashSet<>();
        for (Map<?, ?> volume : pod.containers(pod.after(), "volumes")) {
            assertThat(volumes.add(Trees.text(volume, "name")))
                    .as("%s: %s", what, volume)
                    .isTrue();
        }
        for (String list : List.of("containers", "initContainers")) {
            for (Map<?, ?> container : pod.containers(pod.after(), list)) {
                assertThat(names.add(Trees.text(container, "name")))
                        .as("%s: %s", what, container)
                        .isTrue();
                mountsAreUnique(container, volumes, what);
            }
        }
    }

    private static void mountsAreUnique(Map<?, ?> container, Set<String> volumes, String what) {
        Set<String> paths = new HashSet<>();
        for (Map<?, ?> mount : Trees.objects(container.get("volumeMounts"))) {
            assertThat(paths.add(Trees.text(mount, "mountPath")))
                    .as("%s: %s", what, mount)
                    .isTrue();
            boolean ours = Trees.text(mount, "name").startsWith("purser-");
            assertThat(!ours || volumes.contains(mount.get("name")))
                    .as("%s: %s", what, mount)
                    .isTrue();
        }
    }

    /** But for what the pod is warned of: half a client certificate, a method that only Vault's agent has. */
    static boolean theAgentTakesItsConfiguration(PatchedPod pod, String what) {
        if (!(pod.decision() instanceof Decision.Inject inject)) {
            return false;
        }
        AgentConfig config = inject.plan().config();
        TlsConfig tls = config.store().tls();
        boolean half = (tls.clientCertificateFile() == null) != (tls.clientKeyFile() == null);
        if (half || !METHODS.contains(config.auth().method())) {
            return false;
        }
        assertThatCode(() -> AgentConfigJson.read(AgentConfigJson.write(config)))
                .as(what)
                .doesNotThrowAnyException();
        return true;
    }
}
