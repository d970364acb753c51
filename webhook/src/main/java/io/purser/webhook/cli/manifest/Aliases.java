package io.purser.webhook.cli.manifest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Gives every alias a copy of what it stands for, so that a change in one place changes that place only. */
final class Aliases {

    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private int budget = 1_000_000;

    private Aliases() {}

    /**
     * Replaces shared nodes below {@code root} with copies.
     *
     * @throws YAMLException when nodes are nested deeper than {@code depth}, as those that contain themselves are
     */
    static void unshare(MappingNode root, int depth) {
        new Aliases().visit(root, depth);
    }

    private void visit(Node node, int depth) {
        if (depth == 0) {
            throw new YAMLException("it is nested too deeply, or in itself");
        }
        if (node instanceof SequenceNode list) {
            list.getValue().replaceAll(element -> own(element, depth - 1));
        } else if (node instanceof MappingNode mapping) {
            List<NodeTuple> entries = new ArrayList<>(mapping.getValue().size());
            for (NodeTuple entry : mapping.getValue()) {
                entries.add(new NodeTuple(own(entry.getKeyNode(), depth - 1), own(entry.getValueNode(), depth - 1)));
            }
            mapping.setValue(entries);
        }
    }

    private Node own(Node node, int depth) {
        if (seen.add(node)) {
            visit(node, depth);
            return node;
        }
        spend(node, depth);
        return Nodes.copy(node); // what is seen again has been visited, so nothing below it is shared
    }

    /** A few aliases of aliases can stand for more nodes than any memory holds. */
    private void spend(Node node, int depth) {
        budget--;
        if (budget < 0 || depth == 0) {
            throw new YAMLException("its aliases stand for too much, or for themselves");
        }
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(element -> spend(element, depth - 1));
        } else if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(entry -> spend(entry.getValueNode(), depth - 1));
        }
    }
}
