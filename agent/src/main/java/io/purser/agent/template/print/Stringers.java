package io.purser.agent.template.print;

import io.purser.agent.template.value.GoInt;
import io.purser.agent.template.value.JsonNumber;
import io.purser.agent.template.value.Methods;
import org.jspecify.annotations.Nullable;

/** The values whose Go type has a String method, which printing prefers. */
public final class Stringers {
    private static final String[] MONTHS = {
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December"
    };
    private static final String[] DAYS = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};

    private Stringers() {}

    /** What the value's String method gives, or null if it has none. */
    public static @Nullable String text(Object value) {
        if (value instanceof JsonNumber number) {
            return number.text();
        }
        if (value instanceof Methods methods) {
            return methods.string();
        }
        return value instanceof GoInt integer ? named(integer) : null;
    }

    private static @Nullable String named(GoInt integer) {
        int index = (int) integer.value();
        return switch (integer.type()) {
            case "time.Month" -> MONTHS[index - 1];
            case "time.Weekday" -> DAYS[index];
            case "time.Duration" -> duration(integer.value());
            default -> null;
        };
    }

    /** A duration as Go prints it, for example {@code 1h0m0s}. */
    public static String duration(long nanoseconds) {
        if (nanoseconds == 0) {
            return "0s";
        }
        String sign = nanoseconds < 0 ? "-" : "";
        long n = nanoseconds == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(nanoseconds);
        if (n < 1_000) {
            return sign + n + "ns";
        }
        if (n < 1_000_000) {
            return sign + fraction(n, 1_000) + "µs";
        }
        if (n < 1_000_000_000) {
            return sign + fraction(n, 1_000_000) + "ms";
        }
        long minutes = n / 60_000_000_000L;
        String seconds = fraction(n % 60_000_000_000L, 1_000_000_000) + "s";
        String hours = minutes >= 60 ? minutes / 60 + "h" : "";
        return sign + hours + (minutes > 0 ? minutes % 60 + "m" : "") + seconds;
    }

    private static String fraction(long value, long unit) {
        String rest = String.valueOf(unit + value % unit).substring(1).replaceAll("0+$", "");
        return value / unit + (rest.isEmpty() ? "" : "." + rest);
    }
}
