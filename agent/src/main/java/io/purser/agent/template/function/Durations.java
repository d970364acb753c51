package io.purser.agent.template.function;

import io.purser.agent.config.WireDuration;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as Go's time.ParseDuration reads them, and sprig's rounded form. */
final class Durations {
    private static final Pattern PART = Pattern.compile("([0-9]*\\.?[0-9]*)(ns|us|µs|μs|ms|s|m|h)");

    private Durations() {}

    /** Nanoseconds, or null if the text is no duration. */
    static @Nullable Long parse(String text) {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        String rest = signed ? text.substring(1) : text;
        if (rest.equals("0")) {
            return 0L;
        }
        Matcher matcher = PART.matcher(rest);
        BigDecimal total = BigDecimal.ZERO;
        int position = 0;
        while (position < rest.length()) {
            if (!matcher.region(position, rest.length()).lookingAt()
                    || !matcher.group(1).matches(".*[0-9].*")) {
                return null;
            }
            BigDecimal part =
                    new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(WireDuration.unit(matcher.group(2))));
            total = total.add(part.setScale(0, RoundingMode.DOWN));
            position = matcher.end();
        }
        boolean fits = total.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
        return rest.isEmpty() || !fits ? null : (Long) (text.startsWith("-") ? -total.longValue() : total.longValue());
    }

    /** The largest unit only, for example {@code 2h}. */
    static String round(long nanoseconds) {
        long n = nanoseconds < 0 ? -nanoseconds : nanoseconds;
        long second = 1_000_000_000L;
        long day = 86_400 * second;
        long[] units = {365 * day, 30 * day, day, 3600 * second, 60 * second, second};
        String[] names = {"y", "mo", "d", "h", "m", "s"};
        for (int i = 0; i < units.length; i++) {
            if (Long.compareUnsigned(n, units[i]) > 0) {
                return Long.divideUnsigned(n, units[i]) + names[i];
            }
        }
        return "0s";
    }
}
