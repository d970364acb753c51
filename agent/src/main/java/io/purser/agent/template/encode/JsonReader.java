package io.purser.agent.template.encode;

import io.purser.agent.template.value.Bounds;
import io.purser.agent.template.value.FunctionException;
import io.purser.agent.template.value.GoList;
import io.purser.agent.template.value.GoMap;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads JSON as Go's encoding/json does into an empty interface: strictly, every number as a float. */
public final class JsonReader {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private final String text;
    private int position;
    private int depth;

    private JsonReader(String text) {
        this.text = text;
    }

    /**
     * Reads one value.
     *
     * @throws FunctionException if the text is not JSON; it says where, but shows nothing of the text
     */
    public static @Nullable Object read(String text) {
        JsonReader reader = new JsonReader(text);
        Object value = reader.value();
        reader.skipBlanks();
        if (reader.position < text.length()) {
            throw reader.error("something follows the JSON value");
        }
        return value;
    }

    private @Nullable Object value() {
        skipBlanks();
        int c = peek();
        return switch (c) {
            case '{' -> nested(this::object);
            case '[' -> nested(this::array);
            case '"' -> string();
            case 't' -> literal("true", true);
            case 'f' -> literal("false", false);
            case 'n' -> literal("null", null);
            default -> number();
        };
    }

    private Object nested(java.util.function.Supplier<Object> reader) {
        Bounds.checkDepth(++depth);
        position++;
        Object value = reader.get();
        depth--;
        return value;
    }

    private GoMap object() {
        GoMap map = GoMap.create();
        if (closes('}')) {
            return map;
        }
        do {
            skipBlanks();
            String key = string();
            skipBlanks();
            expect(':');
            map.put(key, value());
        } while (continues('}'));
        return map;
    }

    private GoList array() {
        List<@Nullable Object> items = new ArrayList<>();
        if (closes(']')) {
            return GoList.of(items);
        }
        do {
            items.add(value());
        } while (continues(']'));
        return GoList.of(items);
    }

    private boolean closes(char bracket) {
        skipBlanks();
        if (peek() == bracket) {
            position++;
            return true;
        }
        return false;
    }

    private boolean continues(char bracket) {
        if (closes(bracket)) {
            return false;
        }
        expect(',');
        return true;
    }

    private void expect(char c) {
        if (peek() != c) {
            throw error("\"" + c + "\" was expected");
        }
        position++;
    }

    private @Nullable Object literal(String word, @Nullable Object value) {
        if (!text.startsWith(word, position)) {
            throw error("a JSON value was expected");
        }
        position += word.length();
        return value;
    }

    private Double number() {
        Matcher matcher = NUMBER.matcher(text).region(position, text.length());
        if (!matcher.lookingAt()) {
            throw error(position >= text.length() ? "the JSON ends too early" : "a JSON value was expected");
        }
        position = matcher.end();
        double value = Double.parseDouble(matcher.group());
        if (Double.isInfinite(value)) {
            throw error("a number is too large");
        }
        return value;
    }

    private String string() {
        expect('"');
        StringBuilder value = new StringBuilder();
        while (true) {
            int c = peek();
            if (c < ' ') {
                throw error(c < 0 ? "a string is not closed" : "a string holds a raw control character");
            }
            position++;
            if (c == '"') {
                return value.toString();
            }
            if (c == '\\') {
                escape(value);
            } else {
                value.append(Character.isSurrogate((char) c) ? surrogate((char) c) : Character.toString(c));
            }
        }
    }

    /** A pair as it is; a stray byte becomes U+FFFD as in Go. */
    private String surrogate(char c) {
        if (Character.isHighSurrogate(c) && position < text.length()) {
            return "" + c + text.charAt(position++);
        }
        return "\uFFFD";
    }

    private void escape(StringBuilder value) {
        int c = peek();
        position++;
        int simple = "\"\\/bfnrt".indexOf(c);
        if (simple >= 0) {
            value.append("\"\\/\b\f\n\r\t".charAt(simple));
        } else if (c == 'u') {
            char unit = hex();
            boolean pair = Character.isHighSurrogate(unit) && text.startsWith("\\u", position);
            int mark = position;
            if (pair) {
                position += 2;
                char low = hex();
                if (Character.isLowSurrogate(low)) {
                    value.append(unit).append(low);
                    return;
                }
                position = mark;
            }
            value.append(Character.isSurrogate(unit) ? '\uFFFD' : unit);
        } else {
            throw error("an escape in a string is not JSON's");
        }
    }

    private char hex() {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
                throw error("\\u needs four hexadecimal digits");
            }
            value = value * 16 + digit;
            position++;
        }
        return (char) value;
    }

    private int peek() {
        return position < text.length() ? text.charAt(position) : -1;
    }

    private void skipBlanks() {
        while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    private FunctionException error(String reason) {
        return new FunctionException("not JSON: " + reason + " at character " + (position + 1));
    }
}
