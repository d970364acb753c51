package io.purser.agent.template.encode;

import io.purser.agent.template.value.GoFloat;
import io.purser.agent.template.value.GoInt;
import io.purser.agent.template.value.GoInteger;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a plain YAML 1.1 scalar means, by the rules of Go's yaml.v2. */
final class YamlScalars {
    private static final Set<String> TRUE =
            Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
    private static final Set<String> FALSE =
            Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> INFINITY = Set.of(".inf", ".Inf", ".INF");
    private static final Set<String> NOT_A_NUMBER = Set.of(".nan", ".NaN", ".NAN");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern BASE60 = Pattern.compile("[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?");
    private static final Pattern TIMESTAMP = Pattern.compile("[0-9]{4}-(?<month>[0-9]{1,2})-(?<day>[0-9]{1,2})"
            + "(?:[Tt](?<t>[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:[.,][0-9]+)?)(?:Z|[+-][0-9]{2}:[0-9]{2})"
            + "| (?<s>[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(?:[.,][0-9]+)?))?");

    private YamlScalars() {}

    /** The value: nothing, a truth value, a number, or the text itself. */
    static @Nullable Object resolve(String text) {
        if (NULL.contains(text)) {
            return null;
        }
        if (TRUE.contains(text)) {
            return true;
        }
        if (FALSE.contains(text)) {
            return false;
        }
        char first = text.charAt(0);
        if (first == '.') {
            return dotted(text);
        }
        boolean signed = first == '+' || first == '-';
        if (signed && INFINITY.contains(text.substring(1))) {
            return first == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        if (signed || (first >= '0' && first <= '9')) {
            return number(text);
        }
        return text;
    }

    private static Object dotted(String text) {
        if (INFINITY.contains(text)) {
            return Double.POSITIVE_INFINITY;
        }
        if (NOT_A_NUMBER.contains(text)) {
            return Double.NaN;
        }
        Double number = GoFloat.parse(text);
        return number == null || number.isInfinite() ? text : number;
    }

    private static Object number(String text) {
        if (isTimestamp(text)) {
            return text;
        }
        String plain = text.replace("_", "");
        BigInteger whole = integer(plain);
        if (whole != null && whole.bitLength() < 64) {
            return whole.longValue();
        }
        if (whole != null && whole.signum() > 0 && whole.bitLength() == 64 && !plain.startsWith("+")) {
            return GoInt.uint64(whole.longValue());
        }
        if (FLOAT.matcher(plain).matches()) {
            Double number = GoFloat.parse(plain);
            return number == null || number.isInfinite() ? text : number;
        }
        return text;
    }

    private static @Nullable BigInteger integer(String plain) {
        return plain.isEmpty() ? null : GoInteger.parse(plain);
    }

    /** Whether yaml.v2 takes it for a time, which it then gives as text. */
    static boolean isTimestamp(String text) {
        java.util.regex.Matcher matcher = TIMESTAMP.matcher(text);
        if (!matcher.matches()) {
            return false;
        }
        int month = Integer.parseInt(matcher.group("month"));
        int day = Integer.parseInt(matcher.group("day"));
        int year = Integer.parseInt(text.substring(0, 4));
        if (month < 1
                || month > 12
                || day < 1
                || day > java.time.YearMonth.of(year, month).lengthOfMonth()) {
            return false;
        }
        String time = matcher.group("t") == null ? matcher.group("s") : matcher.group("t");
        return time == null || validTime(time);
    }

    private static boolean validTime(String time) {
        String[] parts = time.split("[:.,]", -1);
        return Integer.parseInt(parts[0]) < 24 && Integer.parseInt(parts[1]) < 60 && Integer.parseInt(parts[2]) < 60;
    }

    /** Whether text must be quoted so that it stays text. */
    static boolean needsQuotes(String text) {
        return !(resolve(text) instanceof String)
                || isTimestamp(text)
                || (BASE60.matcher(text).matches() && text.indexOf(':') >= 0);
    }

    /** The number as yaml.v2 writes it. */
    static String floating(String shortest) {
        return switch (shortest) {
            case "+Inf" -> ".inf";
            case "-Inf" -> "-.inf";
            case "NaN" -> ".nan";
            default -> shortest.toLowerCase(Locale.ROOT);
        };
    }
}
