package io.purser.agent.template.encode;

import io.purser.agent.template.value.FunctionException;
import io.purser.agent.template.value.GoList;
import io.purser.agent.template.value.GoMap;
import io.purser.agent.template.value.GoText;
import io.purser.agent.template.value.GoType;
import io.purser.agent.template.value.Nil;
import io.purser.agent.template.value.Values;
import java.util.ArrayList;
import java.util.Base64;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.inspector.TagInspector;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;
import org.yaml.snakeyaml.scanner.Scanner;
import org.yaml.snakeyaml.scanner.ScannerImpl;

/** Reads YAML 1.1: SnakeYAML parses, and the meaning of scalars and merges is that of Go's yaml.v2. */
public final class YamlReader {
    private static final Tag PLAIN = new Tag("!plain");
    private static final int MAX_DEPTH = 100;
    private static final int MAX_NODES = 400_000;

    private final IdentityHashMap<Node, Boolean> open = new IdentityHashMap<>();
    private int nodes;

    private YamlReader() {}

    /**
     * Reads the first document.
     *
     * @throws FunctionException if the text is not YAML; it says where, but shows nothing of the text
     */
    public static @Nullable Object read(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setMaxAliasesForCollections(Integer.MAX_VALUE);
        options.setAllowRecursiveKeys(false);
        options.setTagInspector(new AnyTag());
        YamlTabs source = new YamlTabs(GoText.valid(text));
        while (true) {
            try {
                Scanner scanner = new YamlDirectives(new ScannerImpl(new StreamReader(source.text()), options));
                Composer composer = new Composer(new ParserImpl(scanner), new PlainResolver(), options);
                Node node = composer.checkNode() ? composer.getNode() : null;
                return node == null ? null : new YamlReader().value(node);
            } catch (MarkedYAMLException e) {
                if (!source.blank(e.getProblemMark())) {
                    throw new FunctionException("not YAML: " + problem(e));
                }
            } catch (YAMLException e) {
                throw new FunctionException("not YAML: it holds a character or nesting that YAML does not allow");
            }
        }
    }

    /** Go's reader takes a tag that it does not know for none. No class is looked for by a tag here: only nodes are made. */
    private static final class AnyTag implements TagInspector {
        @Override
        public boolean isGlobalTagAllowed(Tag tag) {
            return true;
        }
    }

    /** Line and column only: SnakeYAML's own message quotes the text. */
    private static String problem(MarkedYAMLException e) {
        return e.getProblemMark() == null
                ? "its structure is broken"
                : "its structure is broken at line " + (e.getProblemMark().getLine() + 1) + ", column "
                        + (e.getProblemMark().getColumn() + 1);
    }

    /** Leaves the meaning of plain scalars to {@link YamlScalars}. */
    private static final class PlainResolver extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            // none: what a plain scalar means is decided by YamlScalars
        }

        @Override
        public Tag resolve(NodeId kind, String value, boolean implicit) {
            return kind == NodeId.scalar && implicit ? PLAIN : super.resolve(kind, value, implicit);
        }
    }

    private @Nullable Object value(Node node) {
        if (++nodes > MAX_NODES || open.put(node, true) != null || open.size() > MAX_DEPTH) {
            throw new FunctionException("not YAML: an alias holds itself, or the document unfolds to too much");
        }
        Object value = node instanceof ScalarNode scalar
                ? scalar(scalar)
                : node instanceof SequenceNode sequence ? sequence(sequence) : mapping((MappingNode) node);
        open.remove(node);
        return value;
    }

    private static @Nullable Object scalar(ScalarNode node) {
        String text = node.getValue();
        Tag tag = node.getTag();
        if (tag.equals(PLAIN)) {
            return YamlScalars.resolve(text);
        }
        if (tag.equals(Tag.BINARY)) {
            return binary(text);
        }
        if (tag.equals(Tag.NULL) || tag.equals(Tag.BOOL) || tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            return tagged(tag, YamlScalars.resolve(text));
        }
        return text;
    }

    private static @Nullable Object tagged(Tag tag, @Nullable Object value) {
        if (tag.equals(Tag.FLOAT) && Values.isInteger(value)) {
            return Values.floating(value);
        }
        boolean fits = (tag.equals(Tag.NULL) && value == null)
                || (tag.equals(Tag.BOOL) && value instanceof Boolean)
                || (tag.equals(Tag.INT) && Values.isInteger(value))
                || (tag.equals(Tag.FLOAT) && value instanceof Double);
        if (!fits) {
            throw new FunctionException("not YAML: a value does not fit its tag");
        }
        return value;
    }

    private static String binary(String text) {
        try {
            return GoText.of(Base64.getDecoder().decode(text.replaceAll("[\r\n ]", "")));
        } catch (IllegalArgumentException e) {
            throw new FunctionException("not YAML: a !!binary value is not base64");
        }
    }

    private GoList sequence(SequenceNode node) {
        List<@Nullable Object> items = new ArrayList<>();
        node.getValue().forEach(item -> items.add(value(item)));
        return GoList.of(items);
    }

    private GoMap mapping(MappingNode node) {
        GoMap map = GoMap.create(GoType.ANY_MAP);
        putAll(node, map);
        return map;
    }

    private void putAll(MappingNode node, GoMap map) {
        for (NodeTuple entry : node.getValue()) {
            if (isMerge(entry.getKeyNode())) {
                merge(entry.getValueNode(), map);
                continue;
            }
            Object key = value(entry.getKeyNode());
            if (key instanceof GoMap || key instanceof GoList) {
                throw new FunctionException("not YAML: a map or list cannot be a key here");
            }
            map.put(key == null ? Nil.INTERFACE : key, value(entry.getValueNode()));
        }
    }

    private static boolean isMerge(Node key) {
        boolean plain = key.getTag().equals(PLAIN) || key.getTag().equals(Tag.MERGE);
        return key instanceof ScalarNode scalar && scalar.getValue().equals("<<") && plain;
    }

    private void merge(Node source, GoMap map) {
        if (source instanceof MappingNode mapping) {
            if (++nodes > MAX_NODES || open.put(source, true) != null) {
                throw new FunctionException("not YAML: a merge holds itself");
            }
            putAll(mapping, map);
            open.remove(source);
            return;
        }
        if (!(source instanceof SequenceNode sequence)) {
            throw new FunctionException("not YAML: << takes a map or a list of maps");
        }
        List<Node> sources = sequence.getValue();
        for (int i = sources.size() - 1; i >= 0; i--) {
            if (!(sources.get(i) instanceof MappingNode)) {
                throw new FunctionException("not YAML: << takes a map or a list of maps");
            }
            merge(sources.get(i), map);
        }
    }
}
