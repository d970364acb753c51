package io.purser.agent.template.function;

import io.purser.agent.template.value.GoFloat;
import io.purser.agent.template.value.GoInteger;
import io.purser.agent.template.value.Kind;
import io.purser.agent.template.value.Values;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Sprig's lenient conversions: what cannot be converted is zero. */
final class Casting {
    private Casting() {}

    static long toLong(@Nullable Object value) {
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        if (value instanceof Double number) {
            return truncated(number);
        }
        if (Values.kind(value) != Kind.STRING) {
            return Values.integer(value);
        }
        BigInteger whole = GoInteger.parse(withoutZeroDecimals(Values.text(value)));
        return whole == null || whole.bitLength() > 63 ? 0 : whole.longValue();
    }

    /** As the processors do on which Go runs: what does not fit is the smallest number. */
    static long truncated(double number) {
        return number >= -0x1p63 && number < 0x1p63 ? (long) number : Long.MIN_VALUE;
    }

    private static String withoutZeroDecimals(String text) {
        boolean zero = false;
        for (int i = text.length(); i > 0; i--) {
            char c = text.charAt(i - 1);
            if (c == '.' && zero) {
                return text.substring(0, i - 1);
            }
            if (c != '.' && c != '0') {
                return text;
            }
            zero |= c == '0';
        }
        return text;
    }

    static double toDouble(@Nullable Object value) {
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        if (Values.kind(value) != Kind.STRING) {
            return value instanceof Double || Values.isInteger(value) ? Values.floating(value) : 0;
        }
        Double number = GoFloat.parse(Values.text(value));
        boolean overflow =
                number != null && number.isInfinite() && Values.text(value).matches(".*\\d.*");
        return number == null || overflow ? 0 : number;
    }
}
