package io.purser.agent.template.print;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Floating-point numbers as Go's strconv.FormatFloat writes them. */
public final class FloatText {
    /** As many digits as it takes to read the same number back. */
    public static final int SHORTEST = -1;

    private FloatText() {}

    /** Digits without point, and where the point is: 0.DIGITS times ten to the power of point. */
    private record Decimal(String digits, int point) {}

    /**
     * Writes a number.
     *
     * @param verb one of e, E, f, g, G, x, X, b
     * @param precision digits after the point (e, f, x) or in all (g), or {@link #SHORTEST}
     */
    public static String format(double value, char verb, int precision) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
        double magnitude = Math.abs(value);
        return sign
                + switch (verb) {
                    case 'b' -> binary(magnitude);
                    case 'x', 'X' -> hexadecimal(magnitude, verb, precision);
                    case 'e', 'E' -> exponent(digitsForExponent(magnitude, precision), precision, verb);
                    case 'f' -> plain(magnitude, precision);
                    default -> general(magnitude, precision, verb == 'G' ? 'E' : 'e');
                };
    }

    /** The number as {@code print} shows it. */
    public static String shortest(double value) {
        return format(value, 'g', SHORTEST);
    }

    private static Decimal decimal(BigDecimal exact) {
        if (exact.signum() == 0) {
            return new Decimal("0", 1);
        }
        BigDecimal stripped = exact.stripTrailingZeros();
        String digits = stripped.unscaledValue().toString();
        return new Decimal(digits, digits.length() - stripped.scale());
    }

    private static Decimal shortestDigits(double magnitude) {
        BigDecimal exact = new BigDecimal(magnitude);
        for (int digits = 1; digits < 17; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == magnitude) {
                return decimal(rounded);
            }
        }
        return decimal(exact.round(new MathContext(17, RoundingMode.HALF_EVEN)));
    }

    private static Decimal digitsForExponent(double magnitude, int precision) {
        return precision == SHORTEST ? shortestDigits(magnitude) : rounded(magnitude, precision + 1);
    }

    private static Decimal rounded(double magnitude, int digits) {
        return decimal(new BigDecimal(magnitude).round(new MathContext(Math.max(digits, 1), RoundingMode.HALF_EVEN)));
    }

    private static String general(double magnitude, int precision, char exponentSign) {
        boolean shortest = precision == SHORTEST;
        int wanted = shortest ? 6 : precision == 0 ? 1 : precision;
        Decimal decimal = shortest ? shortestDigits(magnitude) : rounded(magnitude, wanted);
        int count = decimal.digits().length();
        int limit = !shortest && wanted > count && count >= decimal.point() ? count : wanted;
        int exponent = decimal.point() - 1;
        if (magnitude != 0 && (exponent < -4 || exponent >= limit)) {
            return exponent(decimal, count - 1, exponentSign);
        }
        return plainDigits(decimal, magnitude == 0 ? 0 : Math.max(count - decimal.point(), 0));
    }

    private static String exponent(Decimal decimal, int precision, char exponentSign) {
        String digits = decimal.digits();
        int after = precision == SHORTEST ? digits.length() - 1 : precision;
        StringBuilder text = new StringBuilder().append(digits.charAt(0));
        if (after > 0) {
            text.append('.').append(digits, 1, Math.min(digits.length(), after + 1));
            text.append("0".repeat(Math.max(0, after + 1 - digits.length())));
        }
        int exponent = digits.equals("0") ? 0 : decimal.point() - 1;
        text.append(exponentSign).append(exponent < 0 ? '-' : '+');
        return text.append(Math.abs(exponent) < 10 ? "0" : "")
                .append(Math.abs(exponent))
                .toString();
    }

    private static String plain(double magnitude, int precision) {
        if (precision == SHORTEST) {
            Decimal decimal = shortestDigits(magnitude);
            return plainDigits(decimal, Math.max(decimal.digits().length() - decimal.point(), 0));
        }
        return new BigDecimal(magnitude)
                .setScale(precision, RoundingMode.HALF_EVEN)
                .toPlainString();
    }

    private static String plainDigits(Decimal decimal, int after) {
        String digits = decimal.digits();
        int point = decimal.point();
        StringBuilder text = new StringBuilder();
        text.append(point <= 0 ? "0" : digits.substring(0, Math.min(point, digits.length())));
        text.append("0".repeat(Math.max(0, point - digits.length())));
        if (after > 0) {
            text.append('.').append("0".repeat(Math.min(after, Math.max(0, -point))));
            text.append(digits.substring(Math.min(digits.length(), Math.max(0, point))));
        }
        return text.toString();
    }

    private static String binary(double magnitude) {
        long bits = Double.doubleToRawLongBits(magnitude);
        long exponent = bits >>> 52;
        long mantissa = (bits & ((1L << 52) - 1)) | (exponent == 0 ? 0 : 1L << 52);
        long power = Math.max(exponent, 1) - 1075;
        return mantissa + "p" + (power < 0 ? "" : "+") + power;
    }

    private static String hexadecimal(double magnitude, char verb, int precision) {
        long mantissa = 0;
        long power = 0;
        if (magnitude != 0) {
            power = Math.getExponent(magnitude);
            long bits = Double.doubleToRawLongBits(magnitude) & ((1L << 52) - 1);
            mantissa = power < Double.MIN_EXPONENT ? bits : bits | 1L << 52;
            power = Math.max(power, Double.MIN_EXPONENT);
            while (mantissa >>> 52 == 0) {
                mantissa <<= 1;
                power--;
            }
        }
        if (precision >= 0 && precision < 13) {
            int shift = (13 - precision) * 4;
            long half = 1L << (shift - 1);
            long rest = mantissa & ((1L << shift) - 1);
            mantissa >>>= shift;
            mantissa += rest > half || (rest == half && (mantissa & 1) == 1) ? 1 : 0;
            mantissa <<= shift;
            if (mantissa >>> 53 != 0) {
                mantissa >>>= 1;
                power++;
            }
        }
        String fraction = String.format("%013x", mantissa & ((1L << 52) - 1));
        fraction = precision == SHORTEST
                ? fraction.replaceAll("0+$", "")
                : precision <= 13 ? fraction.substring(0, precision) : fraction + "0".repeat(precision - 13);
        String text = "0x" + (mantissa >>> 52) + (fraction.isEmpty() ? "" : "." + fraction) + "p"
                + (power < 0 ? "-" : "+") + (Math.abs(power) < 10 ? "0" : "") + Math.abs(power);
        return verb == 'X' ? text.toUpperCase(Locale.ROOT) : text;
    }
}
