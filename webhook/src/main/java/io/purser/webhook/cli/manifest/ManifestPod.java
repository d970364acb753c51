package io.purser.webhook.cli.manifest;

import com.fasterxml.jackson.core.JsonGenerator;
import io.purser.webhook.pod.PodReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A pod, or a template that pods are made from, in a manifest.
 *
 * @param document where it stands
 * @param object what holds it, itself for a Pod
 * @param kind of the object, such as {@code Deployment}
 * @param name of that object; empty when it has none
 * @param namespace of that object; empty when it does not say
 * @param pointer from the object to the pod as a JSON pointer (RFC 6901): empty for a Pod
 * @param node metadata and spec
 */
public record ManifestPod(
        YamlDocument document,
        MappingNode object,
        String kind,
        String name,
        String namespace,
        String pointer,
        MappingNode node) {

    /** The pod as a webhook would see it, with the service account's token mounted, as JSON. */
    public byte[] asAdmitted() {
        MappingNode copy = (MappingNode) Nodes.copy(node);
        TokenMount.addTo(copy);
        return json(copy);
    }

    /**
     * Changes the pod in its document.
     *
     * @param patch RFC 6902 operations for the pod as admitted
     * @return the operations for the object as it stands in the manifest
     */
    public byte[] apply(byte[] patch) {
        SequenceNode operations = NodePatch.operations(patch);
        TokenMount.removeFrom(operations);
        SequenceNode applied = NodePatch.apply(node, operations);
        applied.getValue().replaceAll(operation -> NodePatch.under(pointer, operation));
        return json(applied);
    }

    private static byte[] json(Node node) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = PodReader.JSON.createGenerator(out)) {
            NodeJson.write(node, json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return out.toByteArray();
    }

    /** For messages: {@code Deployment shop/web}. */
    public String title() {
        return kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + (name.isEmpty() ? "(no name)" : name);
    }
}
