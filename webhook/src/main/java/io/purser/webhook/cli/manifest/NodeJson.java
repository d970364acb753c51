package io.purser.webhook.cli.manifest;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Writes YAML nodes as the JSON that the API server's clients make of them (YAML 1.1, as Go's libraries read it). */
final class NodeJson {

    private static final Pattern JSON_NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

    /** Of YAML 1.2: Go's libraries read it too. */
    private static final Pattern OCTAL = Pattern.compile("[-+]?0[oO][0-7_]+");

    private NodeJson() {}

    static void write(Node node, JsonGenerator json) throws IOException {
        if (node instanceof MappingNode mapping) {
            json.writeStartObject();
            for (NodeTuple entry : mapping.getValue()) {
                json.writeFieldName(entry.getKeyNode() instanceof ScalarNode key ? key.getValue() : "");
                write(entry.getValueNode(), json);
            }
            json.writeEndObject();
        } else if (node instanceof SequenceNode list) {
            json.writeStartArray();
            for (Node element : list.getValue()) {
                write(element, json);
            }
            json.writeEndArray();
        } else {
            scalar((ScalarNode) node, json);
        }
    }

    private static void scalar(ScalarNode node, JsonGenerator json) throws IOException {
        String text = node.getValue();
        Tag tag = node.getTag();
        if (tag.equals(Tag.NULL)) {
            json.writeNull();
        } else if (tag.equals(Tag.BOOL)) {
            String word = text.toLowerCase(Locale.ROOT);
            json.writeBoolean(word.equals("true") || word.equals("yes") || word.equals("on"));
        } else if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            number(text, json);
        } else if (node.getScalarStyle() == ScalarStyle.PLAIN
                && tag.equals(Tag.STR)
                && OCTAL.matcher(text).matches()) {
            number(text.toLowerCase(Locale.ROOT), json);
        } else {
            json.writeString(text);
        }
    }

    private static void number(String text, JsonGenerator json) throws IOException {
        if (JSON_NUMBER.matcher(text).matches()) {
            json.writeNumber(text);
            return;
        }
        try {
            String digits = text.replace("_", "");
            json.writeNumber(
                    digits.matches("[-+]?0[0-9xbo].*") ? new BigDecimal(radix(digits)) : new BigDecimal(digits));
        } catch (NumberFormatException e) {
            json.writeString(text); // for instance 10:30, a number in base 60 to YAML 1.1 but not to Go
        }
    }

    private static BigInteger radix(String digits) {
        boolean negative = digits.startsWith("-");
        String bare = digits.replaceFirst("^[-+]", "").substring(1);
        BigInteger value =
                switch (bare.charAt(0)) {
                    case 'x' -> new BigInteger(bare.substring(1), 16);
                    case 'b' -> new BigInteger(bare.substring(1), 2);
                    case 'o' -> new BigInteger(bare.substring(1), 8);
                    default -> new BigInteger(bare, 8);
                };
        return negative ? value.negate() : value;
    }
}
