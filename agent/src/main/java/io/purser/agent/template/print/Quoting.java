package io.purser.agent.template.print;

import io.purser.agent.template.value.GoText;

/** Quoted text and characters as Go's strconv.Quote writes them. */
public final class Quoting {
    private Quoting() {}

    /** In double quotes. */
    public static String quote(String text) {
        return quote(text, '"', false);
    }

    /** In that quote; with asciiOnly, everything beyond ASCII is escaped. */
    static String quote(String text, char quote, boolean asciiOnly) {
        StringBuilder quoted = new StringBuilder().append(quote);
        for (int c : GoText.characters(text)) {
            escape(quoted, c, quote, asciiOnly);
        }
        return quoted.append(quote).toString();
    }

    private static void escape(StringBuilder quoted, int c, char quote, boolean asciiOnly) {
        if (GoText.isStray(c)) {
            quoted.append(String.format("\\x%02x", c & 0xff));
        } else if (c == quote || c == '\\') {
            quoted.append('\\').append((char) c);
        } else if ((c < 0x80 && c >= ' ' && c != 0x7f) || (!asciiOnly && isPrintable(c))) {
            quoted.appendCodePoint(c);
        } else {
            escapeUnprintable(quoted, c);
        }
    }

    private static void escapeUnprintable(StringBuilder quoted, int c) {
        int simple = "\u0007\b\f\n\r\t\u000b".indexOf(c);
        if (simple >= 0) {
            quoted.append('\\').append("abfnrtv".charAt(simple));
        } else if (c < ' ' || c == 0x7f) {
            quoted.append(String.format("\\x%02x", c));
        } else if (c < 0x10000) {
            quoted.append(String.format("\\u%04x", c));
        } else {
            quoted.append(String.format("\\U%08x", c));
        }
    }

    /** Whether the text can stand in back quotes. */
    static boolean canBackquote(String text) {
        return text.codePoints()
                .allMatch(c -> c == '\t' || (c >= ' ' && c != 0x7f && c != '`' && c != 0xFEFF && !GoText.isStray(c)));
    }

    /** Go's unicode.IsPrint: letters, marks, numbers, punctuation, symbols and the plain blank. */
    public static boolean isPrintable(int c) {
        if (c == ' ') {
            return true;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }
}
