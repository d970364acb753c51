package io.purser.webhook.policy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The forms of values in annotations and settings. They are Go's, because the peer's are; null means not of the form. */
public final class Values {

    private static final Pattern DURATION_PART =
            Pattern.compile("([0-9]*)(?:\\.([0-9]*))?(ns|us|\u00b5s|\u03bcs|ms|s|m|h)");

    private Values() {}

    /** Go's forms of a boolean, and the empty text, which is false. */
    public static @Nullable Boolean bool(String text) {
        return switch (text) {
            case "1", "t", "T", "TRUE", "true", "True" -> Boolean.TRUE;
            case "", "0", "f", "F", "FALSE", "false", "False" -> Boolean.FALSE;
            default -> null;
        };
    }

    /** A whole number in decimal, with a sign at most. */
    public static @Nullable Long integer(String text) {
        if (text.isEmpty() || text.length() > 20) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean sign = i == 0 && text.length() > 1 && (c == '-' || c == '+');
            if (!sign && (c < '0' || c > '9')) {
                return null;
            }
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException outOfRange) {
            return null;
        }
    }

    /** Go's durations: {@code 1h30m}, {@code 1.5s}, {@code 250ms}, {@code 0}, with a sign at most. */
    public static @Nullable Duration duration(String text) {
        boolean negative = text.startsWith("-");
        String rest = negative || text.startsWith("+") ? text.substring(1) : text;
        if (rest.equals("0")) {
            return Duration.ZERO;
        }
        if (rest.isEmpty() || rest.length() > 64) {
            return null;
        }
        Matcher part = DURATION_PART.matcher(rest);
        Duration sum = Duration.ZERO;
        int end = 0;
        while (end < rest.length()) {
            if (!part.find(end) || part.start() != end) {
                return null;
            }
            Duration duration = part(part);
            if (duration == null) {
                return null;
            }
            sum = sum.plus(duration);
            end = part.end();
        }
        // Go keeps nanoseconds in 64 bits: some 292 years.
        return sum.toDays() > 106_000 ? null : negative ? sum.negated() : sum;
    }

    private static @Nullable Duration part(Matcher part) {
        String whole = part.group(1);
        String fraction = part.group(2);
        boolean empty = whole.isEmpty() && (fraction == null || fraction.isEmpty());
        if (empty || whole.length() > 18) {
            return null;
        }
        ChronoUnit unit =
                switch (part.group(3)) {
                    case "ns" -> ChronoUnit.NANOS;
                    case "us", "\u00b5s", "\u03bcs" -> ChronoUnit.MICROS;
                    case "ms" -> ChronoUnit.MILLIS;
                    case "s" -> ChronoUnit.SECONDS;
                    case "m" -> ChronoUnit.MINUTES;
                    default -> ChronoUnit.HOURS;
                };
        try {
            Duration duration = unit.getDuration().multipliedBy(whole.isEmpty() ? 0 : Long.parseLong(whole));
            if (fraction == null || fraction.isEmpty()) {
                return duration;
            }
            double share = Double.parseDouble("0." + fraction);
            return duration.plusNanos(Math.round(share * unit.getDuration().toNanos()));
        } catch (ArithmeticException outOfRange) {
            return null;
        }
    }

    /** A duration as a person writes it, for messages. */
    public static String text(Duration duration) {
        return duration.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
    }

    /** The elements of a list with commas, trimmed; empty elements are left out. */
    public static List<String> list(String text) {
        List<String> list = new ArrayList<>();
        for (String element : text.split(",", -1)) {
            String trimmed = element.trim();
            if (!trimmed.isEmpty()) {
                list.add(trimmed);
            }
        }
        return list;
    }
}
