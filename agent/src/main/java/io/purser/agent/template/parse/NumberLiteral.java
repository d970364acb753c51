package io.purser.agent.template.parse;

import io.purser.agent.template.value.GoFloat;
import io.purser.agent.template.value.GoInteger;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A number as written, under every type that can hold it: Go's untyped constants.
 *
 * @param text as written
 * @param signed as a 64-bit signed integer, or null
 * @param unsigned as the bits of a 64-bit unsigned integer, or null
 * @param floating as a floating-point number, or null
 */
public record NumberLiteral(
        String text,
        @Nullable Long signed,
        @Nullable Long unsigned,
        @Nullable Double floating) {

    private static final BigInteger MAX_UNSIGNED = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    static NumberLiteral ofCharacter(String text, int character) {
        return new NumberLiteral(text, (long) character, (long) character, (double) character);
    }

    /**
     * Reads a number as Go does.
     *
     * @throws NumberFormatException with the reason if it is none
     */
    static NumberLiteral parse(String text) {
        if (text.endsWith("i")) {
            throw new NumberFormatException("imaginary numbers such as " + text + " are not supported");
        }
        BigInteger whole = GoInteger.parse(text);
        if (whole != null) {
            boolean plain = !text.startsWith("+") && !text.startsWith("-");
            Long signed = whole.bitLength() < 64 ? (Long) whole.longValue() : null;
            boolean unsignedFits = whole.signum() >= 0 && whole.compareTo(MAX_UNSIGNED) <= 0;
            Long unsigned = unsignedFits && (plain || whole.signum() == 0) ? (Long) whole.longValue() : null;
            if (signed == null && unsigned == null) {
                throw new NumberFormatException(text + " does not fit into 64 bits");
            }
            double floating = signed != null ? (double) signed : whole.doubleValue();
            return new NumberLiteral(text, signed, unsigned, floating);
        }
        return ofFloat(text, GoFloat.parse(text));
    }

    private static NumberLiteral ofFloat(String text, @Nullable Double value) {
        if (value == null || (value.isInfinite() && !text.contains("nf"))) {
            throw new NumberFormatException(text + " is no number");
        }
        if (!text.matches(".*[.eEpP].*")) {
            throw new NumberFormatException(text + " is no whole number that fits into 64 bits");
        }
        BigDecimal exact = new BigDecimal(value);
        boolean integral = exact.signum() == 0 || exact.stripTrailingZeros().scale() <= 0;
        BigInteger whole = integral ? exact.toBigInteger() : null;
        Long signed = whole != null && whole.bitLength() < 64 ? (Long) whole.longValue() : null;
        Long unsigned =
                whole != null && whole.signum() >= 0 && whole.bitLength() <= 64 ? (Long) whole.longValue() : null;
        return new NumberLiteral(text, signed, unsigned, value);
    }

    /** Whether the way it is written makes it a float where no type is asked for. */
    public boolean looksLikeFloat() {
        boolean hexInteger = text.length() > 2 && text.matches("0[xX][^pP]*");
        return floating != null && !hexInteger && !text.startsWith("'") && text.matches(".*[.eEpP].*");
    }
}
