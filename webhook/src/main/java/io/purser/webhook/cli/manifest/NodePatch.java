package io.purser.webhook.cli.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Applies a JSON patch of {@code add} operations (RFC 6902) to YAML nodes. */
final class NodePatch {

    private static final String END = "-";

    private final MappingNode target;
    private final boolean block;

    private final List<Node> applied = new ArrayList<>();

    private NodePatch(MappingNode target) {
        this.target = target;
        this.block = target.getFlowStyle() != FlowStyle.FLOW;
    }

    /** The operations of a patch, UTF-8 JSON. */
    static SequenceNode operations(byte[] patch) {
        return JsonNodes.array(new String(patch, UTF_8));
    }

    /**
     * Changes {@code target} as the operations say. Unlike the RFC, a list that is not there yet is made: the API server fills in lists
     * that a manifest may lack. What is added looks like its surroundings: block style, or like JSON where they do.
     *
     * @return the operations with those that make lists put in, so that they fit {@code target} by the RFC
     * @throws IllegalArgumentException when the patch does not fit
     */
    static SequenceNode apply(MappingNode target, SequenceNode operations) {
        NodePatch patching = new NodePatch(target);
        for (Node operation : operations.getValue()) {
            Node value = Nodes.value(operation, "value");
            String op = Nodes.text(operation, "op");
            if (value == null || !(op.equals("add") || op.equals("replace"))) {
                throw new IllegalArgumentException("only add and replace can be applied, not " + op);
            }
            patching.add(Nodes.text(operation, "path"), value);
            patching.applied.add(operation);
        }
        return new SequenceNode(Tag.SEQ, patching.applied, FlowStyle.FLOW);
    }

    /** The operation with a pointer put before its path. */
    static Node under(String pointer, Node operation) {
        List<NodeTuple> entries = new ArrayList<>();
        for (NodeTuple entry : ((MappingNode) operation).getValue()) {
            boolean isPath = entry.getKeyNode() instanceof ScalarNode key
                    && key.getValue().equals("path");
            entries.add(
                    isPath
                            ? new NodeTuple(
                                    entry.getKeyNode(),
                                    new ScalarNode(
                                            Tag.STR,
                                            pointer + ((ScalarNode) entry.getValueNode()).getValue(),
                                            null,
                                            null,
                                            ScalarStyle.DOUBLE_QUOTED))
                            : entry);
        }
        return new MappingNode(Tag.MAP, entries, FlowStyle.FLOW);
    }

    private static List<String> tokens(String pointer) {
        List<String> tokens = new ArrayList<>();
        for (String token : pointer.substring(1).split("/", -1)) {
            tokens.add(token.replace("~1", "/").replace("~0", "~"));
        }
        return tokens;
    }

    private void add(String pointer, Node value) {
        List<String> path = tokens(pointer);
        Node parent = target;
        for (int i = 0; i < path.size() - 1; i++) {
            Node child = child(parent, path.get(i));
            parent = child == null ? make(parent, path, i) : child;
        }
        Node styled = block ? blockStyle(value) : value;
        String last = path.get(path.size() - 1);
        if (parent instanceof SequenceNode list) {
            list.getValue().add(last.equals(END) ? list.getValue().size() : Integer.parseInt(last), styled);
            expand(list);
        } else {
            put((MappingNode) parent, last, styled);
        }
    }

    private static @Nullable Node child(Node parent, String token) {
        if (parent instanceof SequenceNode list) {
            return list.getValue().get(Integer.parseInt(token));
        }
        Node child = Nodes.value(parent, token);
        return child == null || child.getTag().equals(Tag.NULL) ? null : child;
    }

    /** Makes the list or mapping that is missing at {@code path[index]}. */
    private Node make(Node parent, List<String> path, int index) {
        String next = path.get(index + 1);
        FlowStyle style = block ? FlowStyle.BLOCK : FlowStyle.FLOW;
        Node made = next.equals(END) || next.equals("0")
                ? new SequenceNode(Tag.SEQ, new ArrayList<>(), style)
                : new MappingNode(Tag.MAP, new ArrayList<>(), style);
        put((MappingNode) parent, path.get(index), made);
        String pointer = "/" + String.join("/", path.subList(0, index + 1));
        applied.addAll(operations(("[{\"op\":\"add\",\"path\":\"" + pointer + "\",\"value\":"
                                + (made instanceof SequenceNode ? "[]" : "{}") + "}]")
                        .getBytes(UTF_8))
                .getValue());
        return made;
    }

    private void put(MappingNode mapping, String key, Node value) {
        NodeTuple old = Nodes.entry(mapping, key);
        if (old == null) {
            ScalarStyle style = block ? ScalarStyle.PLAIN : ScalarStyle.DOUBLE_QUOTED;
            mapping.getValue().add(new NodeTuple(new ScalarNode(Tag.STR, key, null, null, style), value));
        } else {
            mapping.getValue().set(mapping.getValue().indexOf(old), new NodeTuple(old.getKeyNode(), value));
        }
        expand(mapping);
    }

    /** An empty collection is written in flow style even among blocks; no longer empty, it is written like the others. */
    private void expand(Node collection) {
        if (block && collection instanceof SequenceNode list && list.getValue().size() == 1) {
            list.setFlowStyle(FlowStyle.BLOCK);
        } else if (block
                && collection instanceof MappingNode mapping
                && mapping.getValue().size() == 1) {
            mapping.setFlowStyle(FlowStyle.BLOCK);
        }
    }

    private static Node blockStyle(Node node) {
        if (node instanceof SequenceNode list) {
            List<Node> elements = new ArrayList<>();
            list.getValue().forEach(element -> elements.add(blockStyle(element)));
            return new SequenceNode(Tag.SEQ, elements, elements.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK);
        }
        if (node instanceof MappingNode mapping) {
            List<NodeTuple> entries = new ArrayList<>();
            for (NodeTuple entry : mapping.getValue()) {
                entries.add(new NodeTuple(blockStyle(entry.getKeyNode()), blockStyle(entry.getValueNode())));
            }
            return new MappingNode(Tag.MAP, entries, entries.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK);
        }
        ScalarNode scalar = (ScalarNode) node;
        ScalarStyle style = scalar.getValue().indexOf('\n') < 0 ? ScalarStyle.PLAIN : ScalarStyle.LITERAL;
        return new ScalarNode(scalar.getTag(), scalar.getValue(), null, null, style);
    }
}
