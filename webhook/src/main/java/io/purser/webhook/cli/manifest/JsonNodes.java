package io.purser.webhook.cli.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads JSON as YAML nodes. A reader of YAML 1.1 would do for most of it, but refuses what JSON alone allows, and forgets how texts were escaped. */
final class JsonNodes {

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(100).build())
            .build();

    private final String text;
    private final JsonParser parser;
    private final boolean marked;

    private JsonNodes(String text, JsonParser parser, boolean marked) {
        this.text = text;
        this.parser = parser;
        this.marked = marked;
    }

    /** The object that a document is, after the dashes that may begin it; null when it is not one object of JSON. */
    static @Nullable MappingNode object(String document) {
        String text = withoutDashes(document);
        if (!text.stripLeading().startsWith("{")) {
            return null;
        }
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            Node object = new JsonNodes(text, parser, true).node();
            return parser.nextToken() == null ? (MappingNode) object : null;
        } catch (JsonProcessingException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    /** Where a second object begins after the one that a text begins with, as in a stream of JSON; the text's length where there is none. */
    static int secondObject(String document) {
        String text = withoutDashes(document);
        if (!text.stripLeading().startsWith("{")) {
            return text.length();
        }
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            parser.skipChildren();
            return parser.nextToken() == JsonToken.START_OBJECT
                    ? (int) parser.currentTokenLocation().getCharOffset()
                    : text.length();
        } catch (JsonProcessingException e) {
            return text.length();
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }

    /** The nodes of a JSON array that Purser has written; they stand nowhere in a document. */
    static SequenceNode array(String json) {
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            return (SequenceNode) new JsonNodes(json, parser, false).node();
        } catch (IOException e) {
            throw new UncheckedIOException("reading JSON that was just written", e);
        }
    }

    /** Every character stays at its place. */
    private static String withoutDashes(String document) {
        return document.startsWith("---") ? "   " + document.substring("---".length()) : document;
    }

    private Node node() throws IOException {
        Mark start = mark(parser.currentTokenLocation());
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                List<NodeTuple> entries = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    Node key = scalar(Tag.STR);
                    parser.nextToken();
                    entries.add(new NodeTuple(key, node()));
                }
                yield new MappingNode(Tag.MAP, true, entries, start, mark(parser.currentLocation()), FlowStyle.FLOW);
            }
            case START_ARRAY -> {
                List<Node> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(node());
                }
                yield new SequenceNode(Tag.SEQ, true, elements, start, mark(parser.currentLocation()), FlowStyle.FLOW);
            }
            case VALUE_NULL -> scalar(Tag.NULL);
            case VALUE_TRUE, VALUE_FALSE -> scalar(Tag.BOOL);
            case VALUE_NUMBER_INT -> scalar(Tag.INT);
            case VALUE_NUMBER_FLOAT -> scalar(Tag.FLOAT);
            default -> scalar(Tag.STR);
        };
    }

    private JsonScalar scalar(Tag tag) throws IOException {
        JsonLocation start = parser.currentTokenLocation();
        String value = parser.getText();
        String source = tag.equals(Tag.STR) ? quoted((int) start.getCharOffset()) : value;
        return new JsonScalar(tag, value, source, mark(start));
    }

    /** The text in quotes that begins at {@code start}; it is known to end. */
    private String quoted(int start) {
        int end = start + 1;
        while (text.charAt(end) != '"') {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        return text.substring(start, end + 1);
    }

    private @Nullable Mark mark(JsonLocation at) {
        return marked
                ? new Mark("", (int) at.getCharOffset(), at.getLineNr() - 1, at.getColumnNr() - 1, new int[0], 0)
                : null;
    }
}
