package io.purser.webhook.cli.manifest;

import java.io.StringReader;
import java.io.StringWriter;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.representer.Representer;

/** One document of a stream: its text as it was written, and its nodes. */
public final class YamlDocument {

    private static final int MAX_DEPTH = 100;
    private static final int MAX_ALIASES = 200;
    private static final int INDENT = 2;

    private final Position start;
    private final String text;
    private final @Nullable MappingNode root;
    private final boolean json;

    private YamlDocument(Position start, String text, @Nullable MappingNode root, boolean json) {
        this.start = start;
        this.text = text;
        this.root = root;
        this.json = json;
    }

    static YamlDocument parse(Position start, String text) throws ManifestException {
        MappingNode object = JsonNodes.object(text);
        if (object != null) {
            YamlDocument document = new YamlDocument(start, text, object, true);
            document.requireDistinctKeys(object);
            return document;
        }
        try {
            if (!(compose(text) instanceof MappingNode mapping)) {
                return new YamlDocument(start, text, null, false);
            }
            Aliases.unshare(mapping, MAX_DEPTH);
            YamlDocument document = new YamlDocument(start, text, mapping, false);
            document.requireDistinctKeys(mapping);
            return document;
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine();
            throw new ManifestException(
                    new Position(start.source(), start.line() + line), "This is not YAML: " + e.getProblem() + ".");
        } catch (YAMLException e) {
            throw new ManifestException(start, "This YAML cannot be read: " + e.getMessage() + ".");
        }
    }

    private static @Nullable Node compose(String text) {
        try {
            return yaml(new DumperOptions(), true).compose(new StringReader(text));
        } catch (ClassCastException e) {
            // SnakeYAML falls over comments in places where no node follows; such a document is read without them.
            return yaml(new DumperOptions(), false).compose(new StringReader(text));
        }
    }

    /** Which of two equal keys counts is up to the reader of the YAML, so it is an error. */
    private void requireDistinctKeys(Node node) throws ManifestException {
        if (node instanceof SequenceNode list) {
            for (Node element : list.getValue()) {
                requireDistinctKeys(element);
            }
        } else if (node instanceof MappingNode mapping) {
            Set<String> keys = new HashSet<>();
            for (NodeTuple entry : mapping.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode key && !keys.add(key.getValue())) {
                    throw new ManifestException(
                            positionOf(key), "The key " + key.getValue() + " is there twice; remove one.");
                }
                requireDistinctKeys(entry.getValueNode());
            }
        }
    }

    /** The document's mapping, or null when it is empty or something else. */
    public @Nullable MappingNode root() {
        return root;
    }

    /** As it was written. */
    public String text() {
        return text;
    }

    /** Where a node of this document stands. */
    public Position positionOf(Node node) {
        int line = node.getStartMark() == null ? 0 : node.getStartMark().getLine();
        return new Position(start.source(), start.line() + line);
    }

    /** The document's nodes as text: order, comments and the style of each scalar are kept, white space is not. JSON stays JSON. */
    public String rewritten() {
        if (root == null) {
            return text;
        }
        if (json) {
            return JsonLayout.write(root, text);
        }
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(FlowStyle.BLOCK);
        options.setProcessComments(true);
        options.setDereferenceAliases(true);
        options.setSplitLines(false);
        options.setExplicitStart(text.startsWith("---"));
        options.setIndent(INDENT);
        if (hasIndentedSequences(root)) {
            options.setIndicatorIndent(INDENT);
            options.setIndentWithIndicator(true);
        }
        StringWriter writer = new StringWriter();
        yaml(options, true).serialize(root, writer);
        return writer.toString();
    }

    private static Yaml yaml(DumperOptions dumping, boolean withComments) {
        LoaderOptions loading = new LoaderOptions();
        loading.setProcessComments(withComments);
        loading.setMergeOnCompose(true);
        loading.setMaxAliasesForCollections(MAX_ALIASES);
        loading.setNestingDepthLimit(MAX_DEPTH);
        loading.setCodePointLimit(64 << 20);
        return new Yaml(new SafeConstructor(loading), new Representer(dumping), dumping, loading);
    }

    /** Whether dashes stand further in than the key of their list; the first list decides. */
    private static boolean hasIndentedSequences(MappingNode mapping) {
        NodeTuple first = firstBlockSequence(mapping);
        return first != null
                && first.getValueNode().getStartMark().getColumn()
                        > first.getKeyNode().getStartMark().getColumn();
    }

    private static @Nullable NodeTuple firstBlockSequence(MappingNode mapping) {
        for (NodeTuple entry : mapping.getValue()) {
            Node value = entry.getValueNode();
            if (value instanceof SequenceNode list
                    && list.getFlowStyle() == FlowStyle.BLOCK
                    && list.getStartMark() != null) {
                return entry;
            }
            NodeTuple inner = value instanceof MappingNode nested ? firstBlockSequence(nested) : null;
            if (inner != null) {
                return inner;
            }
        }
        return null;
    }
}
