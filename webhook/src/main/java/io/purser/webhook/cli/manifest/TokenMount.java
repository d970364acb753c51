package io.purser.webhook.cli.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The service account's token, which the API server mounts into every container before webhooks see a pod (its ServiceAccount admission
 * plugin), and which a manifest therefore lacks. It is put in for planning and never written out: the API server mounts it into the
 * agent's containers as into all others, from a volume whose name only it knows.
 */
final class TokenMount {

    /** Nobody else's name: it must be found again in the patch. */
    private static final String VOLUME = "kube-api-access-purser-cli";

    private static final String PATH = "/var/run/secrets/kubernetes.io/serviceaccount";

    private static final String VOLUME_PATCH = """
            [{"op":"add","path":"/spec/volumes/-","value":{"name":"%s","projected":{"defaultMode":420,"sources":[
            {"serviceAccountToken":{"expirationSeconds":3607,"path":"token"}},
            {"configMap":{"name":"kube-root-ca.crt","items":[{"key":"ca.crt","path":"ca.crt"}]}},
            {"downwardAPI":{"items":[{"path":"namespace","fieldRef":{"apiVersion":"v1","fieldPath":"metadata.namespace"}}]}}]}}}]
            """.formatted(VOLUME);

    private TokenMount() {}

    /** Mounts the token where the API server would. */
    static void addTo(MappingNode pod) {
        MappingNode spec = Nodes.mapping(pod, "spec");
        if (spec == null || Nodes.text(spec, "automountServiceAccountToken").equals("false")) {
            return;
        }
        boolean mounted = false;
        for (String list : List.of("containers", "initContainers")) {
            if (Nodes.value(spec, list) instanceof SequenceNode containers) {
                for (int i = 0; i < containers.getValue().size(); i++) {
                    mounted |= mount(pod, containers.getValue().get(i), "/spec/" + list + "/" + i);
                }
            }
        }
        if (mounted) {
            var unused = NodePatch.apply(pod, NodePatch.operations(VOLUME_PATCH.getBytes(UTF_8)));
        }
    }

    private static boolean mount(MappingNode pod, Node container, String pointer) {
        if (Nodes.value(container, "volumeMounts") instanceof SequenceNode mounts
                && mounts.getValue().stream()
                        .anyMatch(m -> Nodes.text(m, "mountPath").equals(PATH))) {
            return false;
        }
        String patch = """
                [{"op":"add","path":"%s/volumeMounts/-","value":{"name":"%s","mountPath":"%s","readOnly":true}}]""".formatted(pointer, VOLUME, PATH);
        var unused = NodePatch.apply(pod, NodePatch.operations(patch.getBytes(UTF_8)));
        return true;
    }

    /** Takes the mounts of the token out of a patch. */
    static void removeFrom(Node patch) {
        if (patch instanceof SequenceNode list) {
            list.getValue().removeIf(TokenMount::isToken);
            list.getValue().forEach(TokenMount::removeFrom);
        } else if (patch instanceof MappingNode mapping) {
            mapping.getValue().forEach(entry -> removeFrom(entry.getValueNode()));
        }
    }

    /** A mount of the token, or an operation that adds one. */
    private static boolean isToken(Node node) {
        Node value = Nodes.value(node, "value");
        return Nodes.text(value == null ? node : value, "name").equals(VOLUME);
    }
}
