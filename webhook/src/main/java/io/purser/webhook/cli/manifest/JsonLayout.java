package io.purser.webhook.cli.manifest;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Writes the nodes of a JSON document as JSON: every text and number as it was, a collection on one line or on many as it was, and what was added like
 * its surroundings.
 */
final class JsonLayout {

    private static final int USUAL_INDENT = 2;

    private final String source;
    private final String indent;
    private final String space;
    private final StringBuilder out = new StringBuilder();

    private JsonLayout(String source, MappingNode root) {
        this.source = source;
        this.indent = " ".repeat(indent(source, root));
        this.space = source.contains("\": ") ? " " : "";
    }

    /** @param source the document that {@code root} was read from by {@link JsonNodes} */
    static String write(MappingNode root, String source) {
        JsonLayout layout = new JsonLayout(source, root);
        layout.node(root, 0, false);
        return source.substring(0, root.getStartMark().getIndex())
                + layout.out
                + source.substring(root.getEndMark().getIndex());
    }

    private static int indent(String source, MappingNode root) {
        if (root.getValue().isEmpty()
                || !breaksAfter(source, root.getStartMark().getIndex() + 1)) {
            return USUAL_INDENT;
        }
        return root.getValue().get(0).getKeyNode().getStartMark().getColumn();
    }

    private void node(Node node, int depth, boolean amongLines) {
        if (node instanceof MappingNode mapping) {
            boolean lines = onLines(node, amongLines) && !mapping.getValue().isEmpty();
            List<NodeTuple> entries = mapping.getValue();
            out.append('{');
            for (int i = 0; i < entries.size(); i++) {
                next(i, lines, depth + 1);
                scalar((ScalarNode) entries.get(i).getKeyNode());
                out.append(':').append(space);
                node(entries.get(i).getValueNode(), depth + 1, lines);
            }
            close('}', lines, depth);
        } else if (node instanceof SequenceNode list) {
            boolean lines = onLines(node, amongLines) && !list.getValue().isEmpty();
            out.append('[');
            for (int i = 0; i < list.getValue().size(); i++) {
                next(i, lines, depth + 1);
                node(list.getValue().get(i), depth + 1, lines);
            }
            close(']', lines, depth);
        } else {
            scalar((ScalarNode) node);
        }
    }

    private void next(int index, boolean lines, int depth) {
        if (index > 0) {
            out.append(',').append(lines ? "" : space);
        }
        if (lines) {
            out.append('\n').append(indent.repeat(depth));
        }
    }

    private void close(char bracket, boolean lines, int depth) {
        if (lines) {
            out.append('\n').append(indent.repeat(depth));
        }
        out.append(bracket);
    }

    private void scalar(ScalarNode node) {
        if (node instanceof JsonScalar json) {
            out.append(json.source());
        } else if (node.getTag().equals(Tag.STR)) {
            out.append('"');
            JsonStringEncoder.getInstance().quoteAsString(node.getValue(), out);
            out.append('"');
        } else {
            out.append(node.getValue());
        }
    }

    /** Whether a collection has a line for each of its elements; one that was empty, or was not there, has if its parent has. */
    private boolean onLines(Node collection, boolean amongLines) {
        if (collection.getStartMark() == null) {
            return amongLines;
        }
        int inside = collection.getStartMark().getIndex() + 1;
        boolean wasEmpty =
                source.substring(inside, collection.getEndMark().getIndex() - 1).isBlank();
        return wasEmpty ? amongLines : breaksAfter(source, inside);
    }

    private static boolean breaksAfter(String source, int start) {
        int at = start;
        while (source.charAt(at) == ' ' || source.charAt(at) == '\t' || source.charAt(at) == '\r') {
            at++;
        }
        return source.charAt(at) == '\n';
    }
}
