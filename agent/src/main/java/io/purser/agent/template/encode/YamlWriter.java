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
import io.purser.agent.template.value.GoText;
import io.purser.agent.template.value.JsonNumber;
import io.purser.agent.template.value.Methods;
import io.purser.agent.template.value.Values;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes YAML as Go's yaml.v2 does: block style, keys in natural order, text quoted only where it must be. */
public final class YamlWriter {
    private final YamlEmitter emitter = new YamlEmitter();
    private int depth;

    private YamlWriter() {}

    /** Where a node stands. */
    private enum Place {
        ROOT,
        ITEM,
        KEY,
        VALUE
    }

    private record Entry(Object key, @Nullable Object value) {}

    /**
     * Writes a value, with a newline at the end.
     *
     * @throws FunctionException if the value has no YAML form
     */
    public static String write(@Nullable Object value) {
        YamlWriter writer = new YamlWriter();
        writer.node(value, Place.ROOT);
        writer.emitter.indent();
        return writer.emitter.text();
    }

    private void node(@Nullable Object value, Place place) {
        Bounds.checkDepth(++depth);
        Bounds.checkText(emitter.length());
        if (value instanceof GoMap map) {
            mapping(entries(map));
        } else if (value instanceof GoStruct struct && struct.fields() != null) {
            mapping(entries(struct.fields()));
        } else if (value instanceof GoList list) {
            sequence(list, place == Place.VALUE);
        } else {
            scalar(value, place);
        }
        depth--;
    }

    private static List<Entry> entries(GoMap map) {
        List<Object> keys = new ArrayList<>(map.sortedKeys());
        YamlKeyOrder.sort(keys);
        List<Entry> entries = new ArrayList<>(keys.size());
        for (Object key : keys) {
            entries.add(new Entry(key, map.get(key)));
        }
        return entries;
    }

    private static List<Entry> entries(Map<String, @Nullable Object> fields) {
        List<Entry> entries = new ArrayList<>(fields.size());
        for (Map.Entry<String, @Nullable Object> field : fields.entrySet()) {
            entries.add(new Entry(field.getKey().toLowerCase(Locale.ROOT), field.getValue()));
        }
        return entries;
    }

    private void sequence(GoList list, boolean inMapping) {
        if (list.size() == 0) {
            emitter.indicator("[", true, true, false);
            emitter.indicator("]", false, false, false);
            return;
        }
        emitter.increaseIndent(false, inMapping && !emitter.atIndent());
        for (Object item : list.items()) {
            emitter.indent();
            emitter.indicator("-", true, false, true);
            node(item, Place.ITEM);
        }
        emitter.decreaseIndent();
    }

    private void mapping(List<Entry> entries) {
        if (entries.isEmpty()) {
            emitter.indicator("{", true, true, false);
            emitter.indicator("}", false, false, false);
            return;
        }
        emitter.increaseIndent(false, false);
        for (Entry entry : entries) {
            emitter.indent();
            boolean simple = isSimpleKey(entry.key());
            if (!simple) {
                emitter.indicator("?", true, false, true);
            }
            node(entry.key(), simple ? Place.KEY : Place.VALUE);
            if (!simple) {
                emitter.indent();
            }
            emitter.indicator(":", !simple, false, !simple);
            node(entry.value(), Place.VALUE);
        }
        emitter.decreaseIndent();
    }

    private static boolean isSimpleKey(Object key) {
        return !(key instanceof String text) || (!new YamlText(text).multiline && GoText.length(text) <= 128);
    }

    private void scalar(@Nullable Object value, Place place) {
        boolean key = place == Place.KEY;
        if (value instanceof String text) {
            text(text, key);
            return;
        }
        emitter.increaseIndent(true, false);
        emitter.plain(plain(value), !key);
        emitter.decreaseIndent();
    }

    private void text(String text, boolean key) {
        boolean valid = GoText.valid(text).equals(text);
        String shown = valid ? text : base64Lines(text);
        if (!valid) {
            emitter.tag("!!binary");
        }
        YamlText analysis = new YamlText(shown);
        emitter.increaseIndent(true, false);
        if (shown.indexOf('\n') >= 0 && !key && analysis.blockAllowed) {
            emitter.literal(shown);
        } else if (shown.indexOf('\n') >= 0 || (valid && YamlScalars.needsQuotes(shown))) {
            emitter.doubleQuoted(shown, !key);
        } else if (analysis.plainAllowed && !(key && analysis.multiline)) {
            emitter.plain(shown, !key);
        } else if (analysis.singleQuotedAllowed && !(key && analysis.multiline)) {
            emitter.singleQuoted(shown, !key);
        } else {
            emitter.doubleQuoted(shown, !key);
        }
        emitter.decreaseIndent();
    }

    private static String base64Lines(String text) {
        String all = Base64.getEncoder().encodeToString(GoText.bytes(text));
        if (all.length() < 70) {
            return all;
        }
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < all.length(); i += 70) {
            lines.append(all, i, Math.min(all.length(), i + 70)).append('\n');
        }
        return lines.toString();
    }

    private static String plain(@Nullable Object value) {
        if (value == null || Values.isNil(value)) {
            return "null";
        }
        if (value instanceof JsonNumber number) {
            return number(number.text());
        }
        if (value instanceof Double number) {
            return YamlScalars.floating(FloatText.shortest(number));
        }
        if (value instanceof GoInt integer) {
            return integer.type().equals("time.Duration") ? Stringers.duration(integer.value()) : integer.decimal();
        }
        if (value instanceof Methods methods && methods.marshalled() != null) {
            return methods.marshalled();
        }
        if (value instanceof Boolean || value instanceof Long) {
            return value.toString();
        }
        throw new FunctionException("a " + Values.typeName(value) + " has no YAML form");
    }

    private static String number(String text) {
        if (text.matches("[+-]?\\d{1,19}") && new java.math.BigInteger(text).bitLength() < 64) {
            return new java.math.BigInteger(text).toString();
        }
        Double number = GoFloat.parse(text);
        return number == null || number.isInfinite() ? text : YamlScalars.floating(FloatText.shortest(number));
    }
}
