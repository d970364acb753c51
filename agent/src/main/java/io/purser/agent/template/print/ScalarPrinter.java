package io.purser.agent.template.print;

import io.purser.agent.template.value.GoText;
import java.math.BigInteger;
import java.util.Locale;

/** Prints truth values, numbers and text under the flags of a verb. Each method tells whether the verb fits. */
final class ScalarPrinter {
    private final StringBuilder out;

    ScalarPrinter(StringBuilder out) {
        this.out = out;
    }

    boolean bool(boolean value, int verb, Flags flags) {
        if (verb != 't' && verb != 'v') {
            return false;
        }
        flags.pad(out, String.valueOf(value));
        return true;
    }

    boolean text(String value, int verb, Flags flags) {
        switch (verb) {
            case 'v' -> {
                if (flags.goSyntax) {
                    quoted(value, flags);
                    return true;
                }
                flags.pad(out, flags.truncate(value));
                return true;
            }
            case 's' -> {
                flags.pad(out, flags.truncate(value));
                return true;
            }
            case 'q' -> {
                quoted(value, flags);
                return true;
            }
            case 'x', 'X' -> {
                hex(GoText.bytes(value), verb == 'X', flags);
                return true;
            }
            default -> {
                return false;
            }
        }
    }

    private void quoted(String value, Flags flags) {
        String text = flags.truncate(value);
        boolean raw = flags.sharp && Quoting.canBackquote(text);
        flags.pad(out, raw ? "`" + text + "`" : Quoting.quote(text, '"', flags.plus));
    }

    private void hex(byte[] bytes, boolean upper, Flags flags) {
        int length = flags.hasPrecision ? Math.min(flags.precision, bytes.length) : bytes.length;
        if (length == 0) {
            flags.padding(out, flags.hasWidth ? flags.width : 0);
            return;
        }
        StringBuilder text = new StringBuilder(flags.sharp ? "0x" : "");
        for (int i = 0; i < length; i++) {
            text.append(flags.space && i > 0 ? flags.sharp ? " 0x" : " " : "");
            text.append(String.format("%02x", bytes[i] & 0xff));
        }
        flags.pad(out, upper ? text.toString().toUpperCase(Locale.ROOT) : text.toString());
    }

    boolean integer(long bits, boolean signed, int verb, Flags flags) {
        switch (verb) {
            case 'v' -> {
                if (flags.goSyntax && !signed) {
                    boolean sharp = flags.sharp;
                    flags.sharp = true;
                    digits(bits, false, verb, 16, flags);
                    flags.sharp = sharp;
                    return true;
                }
                digits(bits, signed, verb, 10, flags);
                return true;
            }
            case 'd' -> {
                digits(bits, signed, verb, 10, flags);
                return true;
            }
            case 'b' -> {
                digits(bits, signed, verb, 2, flags);
                return true;
            }
            case 'o', 'O' -> {
                digits(bits, signed, verb, 8, flags);
                return true;
            }
            case 'x', 'X' -> {
                digits(bits, signed, verb, 16, flags);
                return true;
            }
            case 'c' -> {
                flags.pad(out, Character.toString(rune(bits)));
                return true;
            }
            case 'q' -> {
                flags.pad(out, Quoting.quote(Character.toString(rune(bits)), '\'', flags.plus));
                return true;
            }
            case 'U' -> {
                unicode(bits, flags);
                return true;
            }
            default -> {
                return false;
            }
        }
    }

    private static int rune(long bits) {
        boolean valid = bits >= 0 && bits <= Character.MAX_CODE_POINT && (bits < 0xD800 || bits > 0xDFFF);
        return valid ? (int) bits : 0xFFFD;
    }

    private void digits(long bits, boolean signed, int verb, int base, Flags flags) {
        boolean negative = signed && bits < 0;
        if (flags.hasPrecision && flags.precision == 0 && bits == 0) {
            flags.padWithBlanks(out, "");
            return;
        }
        BigInteger magnitude = signed ? BigInteger.valueOf(bits).abs() : new BigInteger(Long.toUnsignedString(bits));
        String digits = magnitude.toString(base);
        int wanted = flags.hasPrecision ? flags.precision : 0;
        if (!flags.hasPrecision && flags.zero && !flags.minus && flags.hasWidth) {
            wanted = flags.width - (negative || flags.plus || flags.space ? 1 : 0);
        }
        digits = "0".repeat(Math.max(0, wanted - digits.length())) + digits;
        String prefix = "";
        if (flags.sharp) {
            prefix = base == 2 ? "0b" : base == 16 ? "0x" : base == 8 && !digits.startsWith("0") ? "0" : "";
        }
        if (verb == 'O') {
            prefix = "0o" + prefix;
        }
        String text = prefix + digits;
        String sign = negative ? "-" : flags.plus ? "+" : flags.space ? " " : "";
        flags.padWithBlanks(out, sign + (verb == 'X' ? text.toUpperCase(Locale.ROOT) : text));
    }

    private void unicode(long bits, Flags flags) {
        String digits = Long.toHexString(bits).toUpperCase(Locale.ROOT);
        int wanted = flags.hasPrecision && flags.precision > 4 ? flags.precision : 4;
        String text = "U+" + "0".repeat(Math.max(0, wanted - digits.length())) + digits;
        boolean shown = flags.sharp && bits >= 0 && bits <= Character.MAX_CODE_POINT && Quoting.isPrintable((int) bits);
        flags.padWithBlanks(out, shown ? text + " '" + Character.toString((int) bits) + "'" : text);
    }

    boolean floating(double value, int verb, Flags flags) {
        return switch (verb) {
            case 'v', 'g' -> {
                floating(value, 'g', FloatText.SHORTEST, flags);
                yield true;
            }
            case 'G', 'b', 'x', 'X' -> {
                floating(value, (char) verb, FloatText.SHORTEST, flags);
                yield true;
            }
            case 'e', 'E' -> {
                floating(value, (char) verb, 6, flags);
                yield true;
            }
            case 'f', 'F' -> {
                floating(value, 'f', 6, flags);
                yield true;
            }
            default -> false;
        };
    }

    private void floating(double value, char verb, int defaultPrecision, Flags flags) {
        int precision = flags.hasPrecision ? flags.precision : defaultPrecision;
        String number = FloatText.format(value, verb, precision);
        boolean signed = number.startsWith("-") || number.startsWith("+");
        String sign = number.startsWith("-") ? "-" : flags.plus ? "+" : flags.space ? " " : "";
        String unsigned = signed ? number.substring(1) : number;
        if (!Double.isFinite(value)) {
            boolean showSign = value == Double.POSITIVE_INFINITY && sign.isEmpty();
            flags.padWithBlanks(out, (showSign ? "+" : sign) + unsigned);
            return;
        }
        if (flags.sharp && verb != 'b') {
            unsigned = SharpFloat.withPoint(unsigned, verb, precision);
        }
        int length = sign.length() + unsigned.length();
        if (flags.zero && !flags.minus && flags.hasWidth && !sign.isEmpty() && flags.width > length) {
            out.append(sign);
            flags.padding(out, flags.width - length);
            out.append(unsigned);
            return;
        }
        flags.pad(out, sign + unsigned);
    }
}
