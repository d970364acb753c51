package io.purser.agent.template.encode;

import io.purser.agent.template.print.FloatText;
import io.purser.agent.template.value.Bounds;
import io.purser.agent.template.value.FunctionException;
import io.purser.agent.template.value.GoInt;
import io.purser.agent.template.value.GoList;
import io.purser.agent.template.value.GoMap;
import io.purser.agent.template.value.GoStruct;
import io.purser.agent.template.value.GoText;
import io.purser.agent.template.value.GoType;
import io.purser.agent.template.value.JsonNumber;
import io.purser.agent.template.value.Methods;
import io.purser.agent.template.value.Values;
import java.util.Base64;
import java.util.Iterator;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes JSON as Go's encoding/json does: keys sorted, {@code <>&} escaped where asked for. */
public final class JsonWriter {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private final StringBuilder out = new StringBuilder();
    private final boolean pretty;
    private final boolean escapeHtml;
    private int depth;

    private JsonWriter(boolean pretty, boolean escapeHtml) {
        this.pretty = pretty;
        this.escapeHtml = escapeHtml;
    }

    /**
     * Writes a value.
     *
     * @param pretty one member a line, indented by two blanks
     * @param escapeHtml whether {@code <}, {@code >} and {@code &} become escapes
     * @throws FunctionException if the value has no JSON form
     */
    public static String write(@Nullable Object value, boolean pretty, boolean escapeHtml) {
        JsonWriter writer = new JsonWriter(pretty, escapeHtml);
        writer.value(value);
        return writer.out.toString();
    }

    private void value(@Nullable Object value) {
        if (value == null || Values.isNil(value)) {
            out.append("null");
        } else if (value instanceof String text) {
            string(text);
        } else if (value instanceof JsonNumber number) {
            number(number.text());
        } else if (value instanceof Double number) {
            floating(number);
        } else if (value instanceof GoMap map) {
            map(map);
        } else if (value instanceof GoList list) {
            list(list);
        } else if (value instanceof GoStruct struct && struct.fields() != null) {
            members(struct.fields().entrySet().iterator());
        } else if (value instanceof Boolean || value instanceof Long) {
            out.append(value);
        } else if (value instanceof GoInt integer) {
            out.append(integer.decimal());
        } else if (value instanceof Methods methods && methods.string() != null) {
            string(String.valueOf(methods.marshalled()));
        } else {
            throw new FunctionException("a " + Values.typeName(value) + " has no JSON form");
        }
    }

    private void number(String text) {
        if (!text.isEmpty() && !NUMBER.matcher(text).matches()) {
            throw new FunctionException("a number of the secret is no JSON number");
        }
        out.append(text.isEmpty() ? "0" : text);
    }

    private void floating(double number) {
        if (!Double.isFinite(number)) {
            throw new FunctionException("infinity and NaN have no JSON form");
        }
        out.append(numberText(number));
    }

    /** A finite number as encoding/json writes it. */
    static String numberText(double number) {
        double magnitude = Math.abs(number);
        boolean exponent = magnitude != 0 && (magnitude < 1e-6 || magnitude >= 1e21);
        String text = FloatText.format(number, exponent ? 'e' : 'f', FloatText.SHORTEST);
        return exponent && text.matches(".*e-0\\d") ? text.replace("e-0", "e-") : text;
    }

    private void map(GoMap map) {
        if (map.type() == GoType.ANY_MAP) {
            throw new FunctionException("a " + map.type().goName() + ", such as parseYAML gives, has no JSON form");
        }
        Iterator<Object> keys = map.sortedKeys().iterator();
        members(new Iterator<>() {
            @Override
            public boolean hasNext() {
                return keys.hasNext();
            }

            @Override
            public Map.Entry<String, @Nullable Object> next() {
                Object key = keys.next();
                return new java.util.AbstractMap.SimpleEntry<>((String) key, map.get(key));
            }
        });
    }

    private void members(Iterator<Map.Entry<String, @Nullable Object>> members) {
        boolean any = members.hasNext();
        open('{');
        while (members.hasNext()) {
            Map.Entry<String, @Nullable Object> member = members.next();
            line();
            string(member.getKey());
            out.append(pretty ? ": " : ":");
            value(member.getValue());
            out.append(members.hasNext() ? "," : "");
        }
        close('}', any);
    }

    private void list(GoList list) {
        if (list.type() == GoType.BYTES) {
            byte[] bytes = new byte[list.size()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) Values.integer(list.items().get(i));
            }
            out.append('"').append(Base64.getEncoder().encodeToString(bytes)).append('"');
            return;
        }
        open('[');
        Iterator<@Nullable Object> items = list.items().iterator();
        while (items.hasNext()) {
            line();
            value(items.next());
            out.append(items.hasNext() ? "," : "");
        }
        close(']', list.size() > 0);
    }

    private void open(char bracket) {
        Bounds.checkDepth(++depth);
        Bounds.checkText(out.length());
        out.append(bracket);
    }

    private void close(char bracket, boolean any) {
        depth--;
        if (any) {
            line();
        }
        out.append(bracket);
    }

    private void line() {
        if (pretty) {
            out.append('\n').append("  ".repeat(depth));
        }
    }

    private void string(String text) {
        out.append('"');
        for (int at = 0; at < text.length(); at = text.offsetByCodePoints(at, 1)) {
            character(text.codePointAt(at));
        }
        out.append('"');
    }

    private void character(int c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                boolean html = escapeHtml && (c == '<' || c == '>' || c == '&');
                if (c < ' ' || html || c == 0x2028 || c == 0x2029) {
                    out.append(String.format("\\u%04x", c));
                } else if (GoText.isStray(c)) {
                    out.append("\\ufffd");
                } else {
                    out.appendCodePoint(c);
                }
            }
        }
    }
}
