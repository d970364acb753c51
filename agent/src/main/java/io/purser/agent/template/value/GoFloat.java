package io.purser.agent.template.value;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Floating-point numbers as Go's strconv.ParseFloat reads them. */
public final class GoFloat {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern HEX =
            Pattern.compile("[+-]?0[xX]([0-9a-fA-F]+\\.?[0-9a-fA-F]*|\\.[0-9a-fA-F]+)[pP][+-]?\\d+");
    private static final Pattern INFINITY = Pattern.compile("([+-]?)(?i:inf|infinity)");

    private GoFloat() {}

    /** The number, infinite if it is out of range; null if the text is no number. */
    public static @Nullable Double parse(String text) {
        String plain = withoutSeparators(text);
        if (plain == null) {
            return null;
        }
        if (DECIMAL.matcher(plain).matches() || HEX.matcher(plain).matches()) {
            return Double.valueOf(plain);
        }
        if (INFINITY.matcher(plain).matches()) {
            return plain.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return plain.equalsIgnoreCase("nan") ? Double.NaN : null;
    }

    /** Underscores may stand between digits. */
    private static @Nullable String withoutSeparators(String text) {
        if (text.indexOf('_') < 0) {
            return text;
        }
        String digits = text.replaceFirst("^[+-]?0[xX]_?", "0");
        boolean hex = !digits.equals(text);
        String misplaced = hex ? ".*(^_|__|_$|_[.pP+-]|[.pP+-]_).*" : ".*(^_|__|_$|_[^0-9]|[^0-9]_).*";
        return digits.matches(misplaced) ? null : text.replace("_", "");
    }
}
