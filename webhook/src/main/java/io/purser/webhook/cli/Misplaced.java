package io.purser.webhook.cli;

import io.purser.webhook.cli.manifest.ManifestPod;
import io.purser.webhook.cli.manifest.Nodes;
import io.purser.webhook.policy.Domain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Finds annotations where no webhook sees them: nothing would be injected, and nobody would say why. */
final class Misplaced {

    private Misplaced() {}

    /** Those of the pod's workload that the pod has not, and those that are labels. */
    static List<Finding> in(ManifestPod pod) {
        String metadata = pod.pointer().isEmpty()
                ? "metadata"
                : pod.pointer().substring(1).replace('/', '.') + ".metadata";
        String there = "put it under " + metadata + ".annotations";
        List<Finding> findings = new ArrayList<>();
        if (!pod.pointer().isEmpty()) {
            MappingNode own = Nodes.mapping(pod.node(), "metadata", "annotations");
            for (ScalarNode name : ours(Nodes.mapping(pod.object(), "metadata", "annotations"))) {
                if (Nodes.value(own, name.getValue()) == null) {
                    findings.add(finding(
                            pod,
                            name,
                            "annotation " + name.getValue() + " is the " + pod.kind() + "'s and not its pods'; "
                                    + there));
                }
            }
        }
        for (ScalarNode name : ours(Nodes.mapping(pod.node(), "metadata", "labels"))) {
            findings.add(finding(pod, name, name.getValue() + " is a label here and not an annotation; " + there));
        }
        return findings;
    }

    private static List<ScalarNode> ours(@Nullable MappingNode names) {
        List<ScalarNode> ours = new ArrayList<>();
        if (names != null) {
            names.getValue().forEach(entry -> {
                Node key = entry.getKeyNode();
                if (key instanceof ScalarNode name
                        && Arrays.stream(Domain.values())
                                .anyMatch(domain -> name.getValue().startsWith(domain.prefix()))) {
                    ours.add(name);
                }
            });
        }
        return ours;
    }

    private static Finding finding(ManifestPod pod, ScalarNode name, String message) {
        return new Finding(
                Finding.Severity.WARNING,
                "misplaced-annotation",
                pod.document().positionOf(name),
                name.getValue(),
                pod.title(),
                message);
    }
}
