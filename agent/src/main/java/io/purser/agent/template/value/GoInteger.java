package io.purser.agent.template.value;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Integers as Go writes them: decimal, 0x, 0o, 0b, a leading 0 for octal, underscores between digits. */
public final class GoInteger {
    private GoInteger() {}

    /** The number, or null if the text is not an integer of Go's syntax (strconv.ParseInt with base 0). */
    public static @Nullable BigInteger parse(String text) {
        int start = text.startsWith("+") || text.startsWith("-") ? 1 : 0;
        String rest = text.substring(start);
        int radix = radix(rest);
        String digits = rest.substring(radix == 10 ? 0 : prefixLength(rest));
        if (!wellFormed(rest, digits, radix)) {
            return null;
        }
        BigInteger magnitude = new BigInteger(digits.replace("_", ""), radix);
        return text.startsWith("-") ? magnitude.negate() : magnitude;
    }

    private static int radix(String text) {
        if (text.length() < 2 || text.charAt(0) != '0') {
            return 10;
        }
        return switch (text.charAt(1)) {
            case 'x', 'X' -> 16;
            case 'b', 'B' -> 2;
            default -> 8;
        };
    }

    private static int prefixLength(String text) {
        return Character.isLetter(text.charAt(1)) ? 2 : 1;
    }

    private static boolean wellFormed(String whole, String digits, int radix) {
        if (digits.replace("_", "").isEmpty()) {
            return false;
        }
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            boolean digit = c < 0x80 && Character.digit(c, radix) >= 0;
            boolean separator = c == '_'
                    && i + 1 < digits.length()
                    && digits.charAt(i + 1) != '_'
                    && (i > 0 || digits.length() < whole.length());
            if (!digit && !separator) {
                return false;
            }
        }
        return true;
    }
}
