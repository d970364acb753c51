package io.purser.webhook.policy;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An amount of a resource, as Kubernetes writes it: {@code 250m}, {@code 64Mi}, {@code 1e3}, {@code 0.5}.
 *
 * @param text as it was written
 * @param value in whole units: cores or bytes
 */
public record Quantity(String text, BigDecimal value) implements Comparable<Quantity> {

    private static final Pattern FORM = Pattern.compile("([+-]?(?:[0-9]{1,30}(?:\\.[0-9]{0,30})?|\\.[0-9]{1,30}))"
            + "(?:([eE][+-]?[0-9]{1,3})|(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E))?");
    private static final Remembered<Quantity> KNOWN = new Remembered<>(256, 20);
    private static final String DECIMAL_SUFFIXES = "kMGTPE";
    private static final String BINARY_SUFFIXES = "KMGTPE";
    private static final String SMALL_SUFFIXES = "mun";

    /** That quantity, or null when the text is none. */
    public static @Nullable Quantity parse(String text) {
        Quantity known = KNOWN.get(text);
        if (known != null) {
            return known;
        }
        Quantity parsed = parseNew(text);
        if (parsed != null) {
            KNOWN.put(text, parsed);
        }
        return parsed;
    }

    private static @Nullable Quantity parseNew(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        BigDecimal number = new BigDecimal(matcher.group(1).endsWith(".") ? matcher.group(1) + "0" : matcher.group(1));
        if (matcher.group(2) != null) {
            return new Quantity(text, number.scaleByPowerOfTen(Integer.parseInt(exponent(matcher.group(2)))));
        }
        String suffix = matcher.group(3) == null ? "" : matcher.group(3);
        return new Quantity(text, number.multiply(factor(suffix)));
    }

    /** That many bytes, in mebibytes where that is exact. */
    public static Quantity ofBytes(long bytes) {
        long mebi = 1L << 20;
        return new Quantity(bytes % mebi == 0 ? bytes / mebi + "Mi" : Long.toString(bytes), BigDecimal.valueOf(bytes));
    }

    /** The value in whole bytes, rounded up. */
    public long bytes() {
        return value.setScale(0, java.math.RoundingMode.CEILING)
                .min(BigDecimal.valueOf(Long.MAX_VALUE))
                .longValue();
    }

    /** By value, not by text. */
    @Override
    public int compareTo(Quantity other) {
        return value.compareTo(other.value);
    }

    /** By value, not by text. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Quantity quantity && quantity.value.compareTo(value) == 0;
    }

    @Override
    public int hashCode() {
        return value.stripTrailingZeros().hashCode();
    }

    private static String exponent(String text) {
        return text.charAt(1) == '+' ? text.substring(2) : text.substring(1);
    }

    private static BigDecimal factor(String suffix) {
        if (suffix.isEmpty()) {
            return BigDecimal.ONE;
        }
        if (suffix.endsWith("i")) {
            return BigDecimal.valueOf(1024).pow(BINARY_SUFFIXES.indexOf(suffix.charAt(0)) + 1);
        }
        int small = SMALL_SUFFIXES.indexOf(suffix);
        int power = small >= 0 ? -3 * (small + 1) : 3 * (DECIMAL_SUFFIXES.indexOf(suffix) + 1);
        return BigDecimal.ONE.scaleByPowerOfTen(power);
    }
}
