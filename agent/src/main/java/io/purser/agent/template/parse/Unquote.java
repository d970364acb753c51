package io.purser.agent.template.parse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Go's quoted text: back quotes, double quotes and single quotes with all their escapes. */
final class Unquote {
    private static final String SIMPLE = "abfnrtv\\'\"";
    private static final String MEANING = "\u0007\b\f\n\r\t\u000b\\'\"";

    private final String text;
    private final char quote;
    private int position = 1;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private Unquote(String text) {
        this.text = text;
        this.quote = text.charAt(0);
    }

    /** The text's value as bytes, or null if it is not well-formed. */
    static byte @Nullable [] bytes(String text) {
        if (text.startsWith("`")) {
            return text.substring(1, text.length() - 1).replace("\r", "").getBytes(StandardCharsets.UTF_8);
        }
        Unquote reader = new Unquote(text);
        while (reader.position < text.length() - 1) {
            if (reader.readOne() < 0) {
                return null;
            }
        }
        return reader.bytes.toByteArray();
    }

    /** The value of a character constant, or -1 if it is not well-formed. */
    static int character(String text) {
        Unquote reader = new Unquote(text);
        if (text.length() < 3) {
            return -1;
        }
        int value = reader.readOne();
        return reader.position == text.length() - 1 ? value : -1;
    }

    /** Reads one character or escape; -1 if it is not well-formed. */
    private int readOne() {
        int c = text.codePointAt(position);
        position += Character.charCount(c);
        if (c == quote || c == '\n') {
            return -1;
        }
        if (c != '\\') {
            return writeRune(c);
        }
        if (position >= text.length() - 1) {
            return -1;
        }
        char escape = text.charAt(position++);
        int simple = SIMPLE.indexOf(escape);
        if (simple >= 0) {
            boolean otherQuote = (escape == '\'' || escape == '"') && escape != quote;
            return otherQuote ? -1 : writeRune(MEANING.charAt(simple));
        }
        return switch (escape) {
            case 'x' -> writeByte(digits(2, 16));
            case 'u' -> writeRune(digits(4, 16));
            case 'U' -> writeRune(digits(8, 16));
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                position--;
                yield writeByte(digits(3, 8));
            }
            default -> -1;
        };
    }

    private int digits(int count, int radix) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            int digit = position < text.length() - 1 ? Character.digit(text.charAt(position), radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
            position++;
        }
        return value > Character.MAX_CODE_POINT ? -1 : (int) value;
    }

    private int writeByte(int value) {
        if (value < 0 || value > 255) {
            return -1;
        }
        bytes.write(value);
        return value;
    }

    private int writeRune(int value) {
        if (value < 0 || (value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE)) {
            return -1;
        }
        bytes.writeBytes(Character.toString(value).getBytes(StandardCharsets.UTF_8));
        return value;
    }
}
