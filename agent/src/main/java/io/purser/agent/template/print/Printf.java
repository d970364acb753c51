package io.purser.agent.template.print;

import io.purser.agent.template.value.Bounds;
import io.purser.agent.template.value.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Go's Sprintf. Like Go's it never fails: a wrong verb, a missing or superfluous argument are written into the output, as
 * in {@code %!d(string=x)}.
 */
public final class Printf {
    private static final int MAX_NUMBER = 1_000_000;

    private final String format;
    private final List<? extends @Nullable Object> arguments;
    private final StringBuilder out = new StringBuilder();
    private final ValuePrinter printer = new ValuePrinter(out);
    private Flags flags = new Flags();
    private int position;
    private int argument;
    private boolean reordered;
    private boolean goodIndex;
    private boolean afterIndex;

    private Printf(String format, List<? extends @Nullable Object> arguments) {
        this.format = format;
        this.arguments = arguments;
    }

    /** Formats the arguments. */
    public static String sprintf(String format, List<? extends @Nullable Object> arguments) {
        Printf printf = new Printf(format, arguments);
        printf.run();
        return printf.out.toString();
    }

    private void run() {
        while (position < format.length()) {
            int percent = format.indexOf('%', position);
            if (percent < 0) {
                out.append(format, position, format.length());
                break;
            }
            out.append(format, position, percent);
            position = percent + 1;
            directive();
        }
        if (!reordered && argument < arguments.size()) {
            extraArguments();
        }
    }

    private void directive() {
        Bounds.checkText(out.length());
        flags = new Flags();
        goodIndex = true;
        afterIndex = false;
        readFlags();
        readIndex();
        readWidth();
        readPrecision();
        if (!afterIndex) {
            readIndex();
        }
        if (position >= format.length()) {
            out.append("%!(NOVERB)");
            return;
        }
        int verb = format.codePointAt(position);
        position += Character.charCount(verb);
        verb(verb);
    }

    private void verb(int verb) {
        if (verb == '%') {
            out.append('%');
        } else if (!goodIndex) {
            out.append("%!").appendCodePoint(verb).append("(BADINDEX)");
        } else if (argument >= arguments.size()) {
            out.append("%!").appendCodePoint(verb).append("(MISSING)");
        } else {
            if (verb == 'v' || verb == 'w') {
                flags.forValue();
            }
            printer.print(arguments.get(argument), verb, flags);
            argument++;
        }
    }

    private void readFlags() {
        for (; position < format.length(); position++) {
            switch (format.charAt(position)) {
                case '#' -> flags.sharp = true;
                case '0' -> flags.zero = true;
                case '+' -> flags.plus = true;
                case '-' -> flags.minus = true;
                case ' ' -> flags.space = true;
                default -> {
                    return;
                }
            }
        }
    }

    private void readWidth() {
        if (at('*')) {
            position++;
            Integer width = integerArgument();
            if (width == null) {
                out.append("%!(BADWIDTH)");
            } else {
                flags.hasWidth = true;
                flags.width = Math.abs(width);
                flags.minus |= width < 0;
                flags.zero &= width >= 0;
            }
            afterIndex = false;
            return;
        }
        Integer width = number();
        if (width != null) {
            flags.hasWidth = true;
            flags.width = width;
            goodIndex &= !afterIndex;
        }
    }

    private void readPrecision() {
        if (!at('.') || position + 1 >= format.length()) {
            return;
        }
        position++;
        goodIndex &= !afterIndex;
        readIndex();
        if (at('*')) {
            position++;
            Integer precision = integerArgument();
            flags.hasPrecision = precision != null && precision >= 0;
            flags.precision = flags.hasPrecision && precision != null ? precision : 0;
            if (!flags.hasPrecision) {
                out.append("%!(BADPREC)");
            }
            afterIndex = false;
            return;
        }
        Integer precision = number();
        flags.hasPrecision = true;
        flags.precision = precision == null ? 0 : precision;
    }

    private boolean at(char c) {
        return position < format.length() && format.charAt(position) == c;
    }

    private @Nullable Integer integerArgument() {
        if (argument >= arguments.size()) {
            return null;
        }
        Object value = arguments.get(argument++);
        long number = Values.integer(value);
        return Values.isInteger(value) && Math.abs(number) <= MAX_NUMBER ? (Integer) (int) number : null;
    }

    private @Nullable Integer number() {
        int start = position;
        int value = 0;
        while (position < format.length() && format.charAt(position) >= '0' && format.charAt(position) <= '9') {
            if (value > MAX_NUMBER) {
                position = format.length();
                return null;
            }
            value = value * 10 + format.charAt(position++) - '0';
        }
        return position == start ? null : value;
    }

    /** Reads {@code [n]}: the number of the argument to print. */
    private void readIndex() {
        afterIndex = false;
        if (!at('[')) {
            return;
        }
        reordered = true;
        int close = format.indexOf(']', position);
        if (close < 0 || format.length() - position < 3) {
            position++;
            goodIndex = false;
            return;
        }
        String digits = format.substring(position + 1, close);
        position = close + 1;
        boolean wellFormed = digits.matches("[0-9]{1,7}");
        int index = wellFormed ? Integer.parseInt(digits) - 1 : -1;
        if (index >= 0 && index < arguments.size()) {
            argument = index;
            afterIndex = true;
        } else {
            goodIndex = false;
            afterIndex = wellFormed;
        }
    }

    private void extraArguments() {
        out.append("%!(EXTRA ");
        String separator = "";
        for (Object value : arguments.subList(argument, arguments.size())) {
            out.append(separator);
            if (value == null) {
                out.append("<nil>");
            } else {
                out.append(Values.typeName(value)).append('=');
                printer.print(value, 'v', new Flags());
            }
            separator = ", ";
        }
        out.append(')');
    }
}
