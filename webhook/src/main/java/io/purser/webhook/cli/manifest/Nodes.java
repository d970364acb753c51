package io.purser.webhook.cli.manifest;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Looks into YAML mappings. */
public final class Nodes {

    private Nodes() {}

    /** The value of a key, or null. */
    public static @Nullable Node value(@Nullable Node mapping, String key) {
        NodeTuple entry = entry(mapping, key);
        return entry == null ? null : entry.getValueNode();
    }

    /** The mapping under a path of keys, or null. */
    public static @Nullable MappingNode mapping(@Nullable Node mapping, String... path) {
        Node node = mapping;
        for (String key : path) {
            node = value(node, key);
        }
        return node instanceof MappingNode found ? found : null;
    }

    /** The text of a key's scalar, or empty. */
    public static String text(@Nullable Node mapping, String key) {
        return value(mapping, key) instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    /** The key and value, or null. */
    static @Nullable NodeTuple entry(@Nullable Node mapping, String key) {
        if (mapping instanceof MappingNode map) {
            for (NodeTuple entry : map.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode scalar
                        && scalar.getValue().equals(key)) {
                    return entry;
                }
            }
        }
        return null;
    }

    /** A copy that shares nothing with the original but comments. */
    static Node copy(Node node) {
        Node copy;
        if (node instanceof SequenceNode list) {
            List<Node> elements = new ArrayList<>();
            list.getValue().forEach(element -> elements.add(copy(element)));
            copy = new SequenceNode(
                    list.getTag(), true, elements, list.getStartMark(), list.getEndMark(), list.getFlowStyle());
        } else if (node instanceof MappingNode mapping) {
            List<NodeTuple> entries = new ArrayList<>();
            mapping.getValue()
                    .forEach(entry -> entries.add(new NodeTuple(copy(entry.getKeyNode()), copy(entry.getValueNode()))));
            copy = new MappingNode(
                    mapping.getTag(),
                    true,
                    entries,
                    mapping.getStartMark(),
                    mapping.getEndMark(),
                    mapping.getFlowStyle());
        } else {
            ScalarNode scalar = (ScalarNode) node;
            copy = new ScalarNode(
                    scalar.getTag(),
                    scalar.getValue(),
                    scalar.getStartMark(),
                    scalar.getEndMark(),
                    scalar.getScalarStyle());
        }
        copy.setBlockComments(node.getBlockComments());
        copy.setInLineComments(node.getInLineComments());
        copy.setEndComments(node.getEndComments());
        return copy;
    }
}
