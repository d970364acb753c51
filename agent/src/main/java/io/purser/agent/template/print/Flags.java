package io.purser.agent.template.print;

import io.purser.agent.template.value.GoText;

/** The flags, width and precision of one verb, and the padding they ask for. */
final class Flags {
    boolean plus;
    boolean minus;
    boolean sharp;
    boolean space;
    boolean zero;
    /** {@code %+v}: field names. */
    boolean fieldNames;
    /** {@code %#v}: Go syntax. */
    boolean goSyntax;

    boolean hasWidth;
    int width;
    boolean hasPrecision;
    int precision;

    /** Moves plus and sharp to the meaning they have for the verb v. */
    void forValue() {
        goSyntax = sharp;
        sharp = false;
        fieldNames = plus;
        plus = false;
    }

    void pad(StringBuilder out, String text) {
        int missing = hasWidth ? width - GoText.runes(text) : 0;
        if (minus) {
            out.append(text);
        }
        padding(out, missing);
        if (!minus) {
            out.append(text);
        }
    }

    void padWithBlanks(StringBuilder out, String text) {
        boolean before = zero;
        zero = false;
        pad(out, text);
        zero = before;
    }

    void padding(StringBuilder out, int count) {
        out.append((zero && !minus ? "0" : " ").repeat(Math.max(0, count)));
    }

    /** The text cut to the precision, in characters. */
    String truncate(String text) {
        if (!hasPrecision || GoText.runes(text) <= precision) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, precision));
    }
}
