package io.purser.agent.template.function;

import io.purser.agent.template.value.Bounds;
import io.purser.agent.template.value.FunctionException;
import java.util.ArrayList;
import java.util.List;

/** Go's package strings, where Java's methods differ. */
final class Texts {
    private Texts() {}

    /** What unicode.IsSpace takes for a blank. */
    static boolean isSpace(int c) {
        return (c >= 9 && c <= 13)
                || c == ' '
                || c == 0x85
                || c == 0xA0
                || c == 0x1680
                || (c >= 0x2000 && c <= 0x200a)
                || c == 0x2028
                || c == 0x2029
                || c == 0x202f
                || c == 0x205f
                || c == 0x3000;
    }

    static String trimSpace(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** Removes the characters from both ends. */
    static String trim(String text, String characters) {
        int[] codePoints = text.codePoints().toArray();
        int start = 0;
        int end = codePoints.length;
        while (start < end && characters.indexOf(codePoints[start]) >= 0) {
            start++;
        }
        while (end > start && characters.indexOf(codePoints[end - 1]) >= 0) {
            end--;
        }
        return new String(codePoints, start, end - start);
    }

    static String trimPrefix(String text, String prefix) {
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    static String trimSuffix(String text, String suffix) {
        return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
    }

    /** Splits into at most limit parts, into all if it is negative; an empty separator splits into characters. */
    static List<String> split(String text, String separator, int limit) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        while (limit < 0 || parts.size() < limit - 1) {
            int at = separator.isEmpty() ? nextCharacter(text, start) : text.indexOf(separator, start);
            if (at < 0) {
                break;
            }
            parts.add(text.substring(start, at));
            start = at + separator.length();
        }
        if (limit != 0 && !(separator.isEmpty() && text.isEmpty())) {
            parts.add(text.substring(start));
        }
        return parts;
    }

    private static int nextCharacter(String text, int start) {
        int next = start < text.length() ? text.offsetByCodePoints(start, 1) : text.length();
        return next < text.length() ? next : -1;
    }

    /** Replaces all; an empty old text stands between all characters, as in Go. */
    static String replace(String text, String old, String replacement) {
        long count = old.isEmpty() ? text.length() + 1L : text.length() / old.length();
        Bounds.checkText(text.length() + count * Math.max(0, replacement.length() - old.length()));
        if (!old.isEmpty()) {
            return text.replace(old, replacement);
        }
        StringBuilder replaced = new StringBuilder(replacement);
        text.codePoints().forEach(c -> replaced.appendCodePoint(c).append(replacement));
        return replaced.toString();
    }

    static String repeat(String text, int count) {
        if (count < 0) {
            throw new FunctionException("a count must not be negative");
        }
        Bounds.checkText((long) text.length() * count);
        return text.repeat(count);
    }
}
