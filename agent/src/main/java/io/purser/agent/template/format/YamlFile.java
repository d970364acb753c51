package io.purser.agent.template.format;

import com.bettercloud.vault.json.JsonArray;
import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import io.purser.agent.template.value.GoText;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * YAML that means the same in version 1.1 and 1.2: text is quoted unless it is a plain word in both, numbers keep their
 * digits.
 */
public final class YamlFile {
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*");
    private static final Set<String> RESERVED =
            Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf");

    private final StringBuilder out = new StringBuilder();

    private YamlFile() {}

    /** Writes the fields as a block mapping. */
    public static String write(JsonObject fields) {
        YamlFile file = new YamlFile();
        if (fields.isEmpty()) {
            return "{}\n";
        }
        file.mapping(fields, 0);
        return file.out.toString();
    }

    /** Writes the fields in a line each, whatever nests as JSON, which YAML is a superset of. */
    public static String lines(JsonObject fields) {
        StringBuilder lines = new StringBuilder();
        FieldValues.sorted(fields).forEach((name, value) -> lines.append(text(name))
                .append(": ")
                .append(value.isObject() || value.isArray() ? FieldValues.text(value) : scalar(value))
                .append('\n'));
        return lines.toString();
    }

    private void mapping(JsonObject object, int indent) {
        String start = "";
        for (Map.Entry<String, JsonValue> member : FieldValues.sorted(object).entrySet()) {
            out.append(start).append(text(member.getKey())).append(':');
            node(member.getValue(), indent);
            start = " ".repeat(indent);
        }
    }

    private void sequence(JsonArray array, int indent) {
        for (JsonValue item : array) {
            out.append(" ".repeat(indent)).append('-');
            if (item.isObject() && !item.asObject().isEmpty()) {
                out.append(' ');
                mapping(item.asObject(), indent + 2);
            } else {
                node(item, indent + 2);
            }
        }
    }

    private void node(JsonValue value, int indent) {
        if (value.isObject() && !value.asObject().isEmpty()) {
            out.append('\n').append(" ".repeat(indent + 2));
            mapping(value.asObject(), indent + 2);
        } else if (value.isArray() && !value.asArray().isEmpty()) {
            out.append('\n');
            sequence(value.asArray(), indent);
        } else {
            out.append(' ').append(scalar(value)).append('\n');
        }
    }

    private static String scalar(JsonValue value) {
        if (value.isString()) {
            return text(value.asString());
        }
        return value.isNumber() ? number(value.toString()) : value.toString();
    }

    /** Version 1.1 knows an exponent only after a point, and with a sign. */
    private static String number(String text) {
        int e = Math.max(text.indexOf('e'), text.indexOf('E'));
        if (e < 0) {
            return text;
        }
        String mantissa = text.substring(0, e);
        String exponent = text.substring(e + 1);
        boolean signed = exponent.startsWith("+") || exponent.startsWith("-");
        return mantissa + (mantissa.contains(".") ? "" : ".0") + "e" + (signed ? "" : "+") + exponent;
    }

    private static String text(String text) {
        boolean plain = WORD.matcher(text).matches() && !RESERVED.contains(text.toLowerCase(Locale.ROOT));
        if (plain) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        for (int c : GoText.characters(text)) {
            escape(c, quoted);
        }
        return quoted.append('"').toString();
    }

    private static void escape(int c, StringBuilder quoted) {
        int known = "\n\r\t\"\\".indexOf(c);
        if (known >= 0) {
            quoted.append('\\').append("nrt\"\\".charAt(known));
        } else if (isPlain(c)) {
            quoted.appendCodePoint(c);
        } else {
            String form = c <= 0xff ? "\\x%02x" : c <= 0xffff ? "\\u%04x" : "\\U%08x";
            quoted.append(String.format(Locale.ROOT, form, c));
        }
    }

    /** What every reader takes as it is; Unicode's own line ends and marks are escaped. */
    private static boolean isPlain(int c) {
        boolean ascii = c >= ' ' && c < 0x7f;
        boolean latin = c >= 0xa0 && c < 0xd800 && c != 0x2028 && c != 0x2029;
        return ascii || latin || (c >= 0xe000 && c < 0xfeff);
    }
}
