package io.purser.agent.template.function;

import io.purser.agent.template.value.FunctionException;
import io.purser.agent.template.value.GoText;
import java.util.Base64;

/** Base64 as Go's encoding/base64: padding is wanted, line ends are skipped. */
final class Base64Text {
    private Base64Text() {}

    static String encode(String text) {
        return Base64.getEncoder().encodeToString(GoText.bytes(text));
    }

    static String encodeUrl(String text) {
        return Base64.getUrlEncoder().encodeToString(GoText.bytes(text));
    }

    static String decode(String text) {
        return decode(text, "+/", Base64.getDecoder());
    }

    static String decodeUrl(String text) {
        return decode(text, "-_", Base64.getUrlDecoder());
    }

    private static String decode(String text, String specials, Base64.Decoder decoder) {
        String plain = text.replace("\n", "").replace("\r", "");
        int bad = firstBad(plain, specials);
        if (bad < plain.length()) {
            throw new FunctionException("illegal base64 data at input byte " + original(text, bad));
        }
        return GoText.of(decoder.decode(plain));
    }

    /** Where Go's decoder would stop, or the length if all is well. */
    private static int firstBad(String text, String specials) {
        for (int i = 0; i < text.length(); i += 4) {
            int group = groupEnd(text, i, specials);
            if (group >= 0) {
                return group;
            }
        }
        return text.length();
    }

    private static int groupEnd(String text, int start, String specials) {
        for (int i = start; i < start + 4; i++) {
            if (i >= text.length()) {
                return i == start ? -1 : start;
            }
            char c = text.charAt(i);
            boolean digit = (c < 0x80 && Character.isLetterOrDigit(c)) || specials.indexOf(c) >= 0;
            if (!digit) {
                return c == '=' && i >= start + 2 ? padding(text, i, start) : i;
            }
        }
        return -1;
    }

    private static int padding(String text, int at, int start) {
        boolean whole = at == start + 3 || (at + 1 < text.length() && text.charAt(at + 1) == '=');
        if (!whole) {
            return Math.min(at + 1, text.length() - 1);
        }
        return start + 4 < text.length() ? start + 4 : -1;
    }

    /** The position in the text with its line ends. */
    private static int original(String text, int position) {
        int seen = 0;
        for (int i = 0; i < text.length(); i++) {
            boolean lineEnd = text.charAt(i) == '\n' || text.charAt(i) == '\r';
            if (!lineEnd && seen++ == position) {
                return i;
            }
        }
        return text.length();
    }
}
