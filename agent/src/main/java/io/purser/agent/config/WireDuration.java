package io.purser.agent.config;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as text, in the way of Go and of Kubernetes: {@code 5m}, {@code 1h30m}, {@code 250ms}. */
public final class WireDuration {

    private static final Pattern PART = Pattern.compile("(\\d{1,12})(?:\\.(\\d{1,9}))?(ns|us|µs|ms|s|m|h)");

    private WireDuration() {}

    /**
     * Reads a duration of zero or more.
     *
     * @param text for example {@code 1h30m}; {@code 0} needs no unit
     * @return empty for a text that is none, a negative one included
     */
    public static Optional<Duration> parse(String text) {
        if (text.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        Matcher part = PART.matcher(text);
        BigInteger nanos = BigInteger.ZERO;
        int end = 0;
        while (end < text.length() && part.find(end) && part.start() == end) {
            nanos = nanos.add(nanos(part));
            end = part.end();
        }
        boolean whole = end > 0 && end == text.length();
        if (!whole || nanos.bitLength() >= Long.SIZE) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos(nanos.longValue()));
    }

    /** Without BigDecimal, whose tables of powers are a seventh of the agent's start. */
    private static BigInteger nanos(Matcher part) {
        BigInteger unit = BigInteger.valueOf(unit(part.group(3)));
        BigInteger nanos = new BigInteger(part.group(1)).multiply(unit);
        String fraction = part.group(2);
        return fraction == null
                ? nanos
                : nanos.add(new BigInteger(fraction).multiply(unit).divide(BigInteger.TEN.pow(fraction.length())));
    }

    /**
     * Nanoseconds of a unit of Go's durations.
     *
     * @param name one of ns, us (also with one of the two letters for micro), ms, s, m and h
     */
    public static long unit(String name) {
        return switch (name) {
            case "ns" -> 1;
            case "ms" -> 1_000_000;
            case "s" -> 1_000_000_000;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> 1_000; // us, µs and μs
        };
    }

    /** Writes a duration so that {@link #parse} gives it back, in the largest whole units. */
    public static String format(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        append(text, duration.toHours(), "h");
        append(text, duration.toMinutesPart(), "m");
        append(text, duration.toSecondsPart(), "s");
        append(text, duration.toMillisPart(), "ms");
        append(text, duration.toNanosPart() % 1_000_000, "ns");
        return text.toString();
    }

    private static void append(StringBuilder text, long count, String unit) {
        if (count > 0) {
            text.append(count).append(unit);
        }
    }
}
