package io.purser.agent.template.value;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Go's strings are bytes, ours are characters. A byte that is not part of well-formed UTF-8 is kept as one lone low
 * surrogate, U+DC00 plus the byte, which well-formed text never holds; so every Go string has one Java string, and decoded
 * binary values reach the file unharmed.
 */
public final class GoText {
    private static final int STRAY = 0xDC00;

    private GoText() {}

    /** The text of these bytes. */
    public static String of(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') < 0 ? text : decode(bytes);
    }

    private static String decode(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        int i = 0;
        while (i < bytes.length) {
            int length = runeLength(bytes, i);
            if (length == 0) {
                text.append((char) (STRAY + (bytes[i] & 0xff)));
                i++;
            } else {
                text.append(new String(bytes, i, length, StandardCharsets.UTF_8));
                i += length;
            }
        }
        return text.toString();
    }

    /** The length of the well-formed character at i, or 0. */
    private static int runeLength(byte[] bytes, int i) {
        int first = bytes[i] & 0xff;
        int length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
        if (length <= 1) {
            return length;
        }
        if (i + length > bytes.length) {
            return 0;
        }
        int second = bytes[i + 1] & 0xff;
        int lowest = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int highest = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        if (second < lowest || second > highest) {
            return 0;
        }
        for (int k = 2; k < length; k++) {
            if ((bytes[i + k] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    /** The bytes of a text. */
    public static byte[] bytes(String text) {
        if (!hasStray(text)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int c : characters(text)) {
            if (isStray(c)) {
                bytes.write(c - STRAY);
            } else {
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    /** The code points of a text. A loop, for streams of the JDK are 60 classes that a pod needs for nothing else. */
    public static int[] characters(String text) {
        int[] characters = new int[text.codePointCount(0, text.length())];
        int at = 0;
        for (int i = 0; i < characters.length; i++) {
            characters[i] = text.codePointAt(at);
            at += Character.charCount(characters[i]);
        }
        return characters;
    }

    /** Whether a code point stands for a byte that is not UTF-8. */
    public static boolean isStray(int codePoint) {
        return codePoint >= STRAY && codePoint <= STRAY + 0xff;
    }

    private static boolean hasStray(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** The text with U+FFFD for each stray byte, as Go's rune loops see it. */
    public static String valid(String text) {
        if (!hasStray(text)) {
            return text;
        }
        StringBuilder valid = new StringBuilder(text.length());
        for (int c : characters(text)) {
            valid.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c);
        }
        return valid.toString();
    }

    /** Go's len: bytes. */
    public static int length(String text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                length++;
            } else if (c < 0x800) {
                length += 2;
            } else if (Character.isHighSurrogate(c)) {
                length += 4;
                i++;
            } else {
                length += isStray(c) ? 1 : 3;
            }
        }
        return length;
    }

    /** Go's count of runes: each stray byte is one. */
    public static int runes(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Bytes from to to, both within {@link #length}. */
    public static String slice(String text, int from, int to) {
        return of(Arrays.copyOfRange(bytes(text), from, to));
    }

    /** Go's order of strings: byte by byte. */
    public static int compare(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            if (a.charAt(i) != b.charAt(i)) {
                return a.charAt(i) < 0x80 && b.charAt(i) < 0x80
                        ? a.charAt(i) - b.charAt(i)
                        : Arrays.compareUnsigned(bytes(a), bytes(b));
            }
        }
        return a.length() - b.length();
    }

    /** Whether there is nothing but what Go takes for white space ({@code unicode.IsSpace}). */
    public static boolean isBlank(String text) {
        for (int c : characters(text)) {
            if (!Character.isWhitespace(c) && !Character.isSpaceChar(c) && c != 0x85) {
                return false;
            }
        }
        return true;
    }
}
