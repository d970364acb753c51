package io.purser.agent.template.encode;

import io.purser.agent.template.print.FloatText;
import io.purser.agent.template.print.Stringers;
import io.purser.agent.template.value.Bounds;
import io.purser.agent.template.value.FunctionException;
import io.purser.agent.template.value.GoFloat;
import io.purser.agent.template.value.GoInt;
import io.purser.agent.template.value.GoList;
import io.purser.agent.template.value.GoMap;
import io.purser.agent.template.value.GoStruct;
import io.purser.agent.template.value.GoType;
import io.purser.agent.template.value.JsonNumber;
import io.purser.agent.template.value.Kind;
import io.purser.agent.template.value.Methods;
import io.purser.agent.template.value.Values;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes TOML as BurntSushi's encoder does: plain keys first, tables after them, nested tables indented. */
public final class TomlWriter {
    private final StringBuilder out = new StringBuilder();

    private TomlWriter() {}

    /**
     * Writes a map or secret.
     *
     * @throws FunctionException if the value has no TOML form
     */
    public static String write(@Nullable Object value) {
        if (value == null) {
            throw new FunctionException("nothing has no TOML form");
        }
        TomlWriter writer = new TomlWriter();
        writer.encode(List.of(), value);
        return writer.out.toString();
    }

    private void encode(List<String> path, Object value) {
        Bounds.checkDepth(path.size());
        if (isTable(value)) {
            table(path, value);
        } else if (isTableArray(value)) {
            tableArray(path, (GoList) value);
        } else {
            keyValue(path, value);
        }
    }

    private static boolean isTable(@Nullable Object value) {
        return value instanceof GoMap || value instanceof GoStruct;
    }

    private static boolean isTableArray(@Nullable Object value) {
        if (!(value instanceof GoList list) || list.size() == 0 || list.isNil()) {
            return false;
        }
        if (list.items().stream().anyMatch(Values::isNil)) {
            throw new FunctionException("a list that holds nothing (null) has no TOML form");
        }
        return list.items().stream().allMatch(TomlWriter::isTable);
    }

    private void table(List<String> path, Object table) {
        if (path.size() == 1) {
            newLine();
        }
        if (!path.isEmpty()) {
            out.append(indent(path)).append('[').append(dotted(path)).append(']');
            newLine();
        }
        members(path, table);
    }

    private void tableArray(List<String> path, GoList list) {
        if (path.isEmpty()) {
            throw new FunctionException("TOML begins with a map, not a list");
        }
        for (Object item : list.items()) {
            newLine();
            out.append(indent(path)).append("[[").append(dotted(path)).append("]]");
            newLine();
            if (item != null) {
                members(path, item);
            }
        }
    }

    private void members(List<String> path, Object table) {
        Map<String, @Nullable Object> members = membersOf(table);
        for (boolean nested : new boolean[] {false, true}) {
            members.forEach((key, value) -> {
                boolean isNested = (isTable(value) && !Values.isNil(value)) || isTableArray(value);
                if (value != null && !Values.isNil(value) && isNested == nested) {
                    List<String> member = new ArrayList<>(path);
                    member.add(key);
                    encode(member, value);
                }
            });
        }
    }

    private static Map<String, @Nullable Object> membersOf(Object table) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        if (table instanceof GoStruct struct && struct.fields() != null) {
            return struct.fields();
        }
        if (table instanceof GoMap map) {
            if (map.type() == GoType.ANY_MAP) {
                throw new FunctionException("a map such as parseYAML gives has no TOML form");
            }
            map.sortedKeys().forEach(key -> members.put((String) key, map.get(key)));
        }
        return members;
    }

    private void keyValue(List<String> path, Object value) {
        if (path.isEmpty()) {
            element(value, 0);
            return;
        }
        out.append(indent(path)).append(key(path.get(path.size() - 1))).append(" = ");
        element(value, 0);
        newLine();
    }

    private void element(@Nullable Object value, int depth) {
        Bounds.checkDepth(depth);
        Bounds.checkText(out.length());
        if (value == null) {
            throw new FunctionException("a list that holds nothing (null) has no TOML form");
        }
        if (value instanceof JsonNumber number) {
            out.append(number(number.text()));
        } else if (Values.kind(value) == Kind.STRING) {
            out.append(quote(Values.text(value)));
        } else if (value instanceof Double number) {
            out.append(floating(number));
        } else if (value instanceof GoInt integer && integer.type().equals("time.Duration")) {
            out.append(quote(Stringers.duration(integer.value())));
        } else if (value instanceof GoInt integer) {
            out.append(integer.decimal());
        } else if (value instanceof Long || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof GoList list) {
            list(list, depth);
        } else if (isTable(value)) {
            inlineTable(value, depth);
        } else if (value instanceof Methods methods && methods.marshalled() != null) {
            boolean time = methods.goType().equals("time.Time");
            out.append(time ? methods.marshalled() : "\"" + methods.marshalled() + "\"");
        } else {
            throw new FunctionException("a " + Values.typeName(value) + " has no TOML form");
        }
    }

    private void list(GoList list, int depth) {
        out.append('[');
        String separator = "";
        for (Object item : list.items()) {
            out.append(separator);
            element(item, depth + 1);
            separator = ", ";
        }
        out.append(']');
    }

    private void inlineTable(Object table, int depth) {
        out.append('{');
        Map<String, @Nullable Object> members = membersOf(table);
        List<String> direct = new ArrayList<>();
        List<String> nested = new ArrayList<>();
        members.forEach((key, value) -> (isTable(value) || isTableArray(value) ? nested : direct).add(key));
        for (List<String> keys : List.of(direct, nested)) {
            for (int i = 0; i < keys.size(); i++) {
                Object value = members.get(keys.get(i));
                if (!Values.isNil(value)) {
                    out.append(key(keys.get(i))).append(" = ");
                    element(value, depth + 1);
                    boolean more = i < keys.size() - 1 || (keys == direct && !nested.isEmpty());
                    out.append(more ? ", " : "");
                }
            }
        }
        out.append('}');
    }

    private static String number(String text) {
        if (text.isEmpty()) {
            return "0";
        }
        if (text.matches("[+-]?\\d{1,19}") && new BigInteger(text).bitLength() < 64) {
            return new BigInteger(text).toString();
        }
        Double number = GoFloat.parse(text);
        if (number == null || number.isInfinite()) {
            throw new FunctionException("a number of the secret is too large for TOML");
        }
        return floating(number);
    }

    private static String floating(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        String text = FloatText.format(number, 'f', FloatText.SHORTEST);
        return text.indexOf('.') < 0 ? text + ".0" : text;
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            int simple = "\"\\\b\t\n\f\r".indexOf(c);
            if (simple >= 0) {
                quoted.append('\\').append("\"\\btnfr".charAt(simple));
            } else if (c < ' ' || c == 0x7f) {
                quoted.append(String.format("\\u%04x", c));
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }

    private static String key(String key) {
        return key.matches("[A-Za-z0-9_-]+") ? key : quote(key);
    }

    private static String dotted(List<String> path) {
        return String.join(".", path.stream().map(TomlWriter::key).toList());
    }

    private static String indent(List<String> path) {
        return "  ".repeat(path.size() - 1);
    }

    private void newLine() {
        if (!out.isEmpty()) {
            out.append('\n');
        }
    }
}
