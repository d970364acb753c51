package io.purser.agent.template.encode;

import io.purser.agent.template.value.GoText;
import io.purser.agent.template.value.Kind;
import io.purser.agent.template.value.Values;
import java.util.Comparator;
import java.util.List;

/** The order in which yaml.v2 writes keys: numbers inside text count as numbers, letters come after other signs. */
enum YamlKeyOrder implements Comparator<Object> {
    INSTANCE;

    @Override
    public int compare(Object a, Object b) {
        boolean aNumber = isNumber(a);
        boolean bNumber = isNumber(b);
        if (aNumber && bNumber) {
            int byValue = Double.compare(number(a), number(b));
            return byValue != 0 ? byValue : Integer.compare(rank(a), rank(b));
        }
        if (Values.kind(a) != Kind.STRING || Values.kind(b) != Kind.STRING) {
            return Integer.compare(rank(a), rank(b));
        }
        return text(GoText.characters(Values.text(a)), GoText.characters(Values.text(b)));
    }

    private static int rank(Object key) {
        return switch (Values.kind(key)) {
            case BOOL -> 1;
            case INT -> 2;
            case UINT64 -> 3;
            case FLOAT64 -> 4;
            case INTERFACE -> 5;
            default -> 6;
        };
    }

    /** Sorts in place. The order is not transitive for all keys, which the sort of Java's library would refuse. */
    static void sort(List<Object> keys) {
        for (int i = 1; i < keys.size(); i++) {
            Object key = keys.get(i);
            int j = i;
            while (j > 0 && INSTANCE.compare(key, keys.get(j - 1)) < 0) {
                keys.set(j, keys.get(j - 1));
                j--;
            }
            keys.set(j, key);
        }
    }

    private static boolean isNumber(Object key) {
        return key instanceof Boolean || key instanceof Double || Values.isInteger(key);
    }

    private static double number(Object key) {
        return key instanceof Boolean truth ? truth ? 1 : 0 : Values.floating(key);
    }

    private static int text(int[] a, int[] b) {
        for (int i = 0; i < a.length && i < b.length; i++) {
            if (a[i] != b[i]) {
                return difference(a, b, i);
            }
        }
        return a.length - b.length;
    }

    private static int difference(int[] a, int[] b, int i) {
        boolean aLetter = Character.isLetter(a[i]);
        boolean bLetter = Character.isLetter(b[i]);
        if (aLetter && bLetter) {
            return a[i] - b[i];
        }
        if (aLetter || bLetter) {
            return bLetter ? -1 : 1;
        }
        long start = (a[i] == '0' || b[i] == '0') && nonZeroDigitBefore(a, i) ? 1 : 0;
        int aEnd = digitsEnd(a, i);
        int bEnd = digitsEnd(b, i);
        long aValue = value(a, i, aEnd, start);
        long bValue = value(b, i, bEnd, start);
        if (aValue != bValue) {
            return Long.compare(aValue, bValue);
        }
        return aEnd != bEnd ? aEnd - bEnd : a[i] - b[i];
    }

    private static boolean nonZeroDigitBefore(int[] text, int i) {
        for (int j = i - 1; j >= 0 && Character.isDigit(text[j]); j--) {
            if (text[j] != '0') {
                return true;
            }
        }
        return false;
    }

    private static int digitsEnd(int[] text, int from) {
        int end = from;
        while (end < text.length && Character.isDigit(text[end])) {
            end++;
        }
        return end;
    }

    private static long value(int[] text, int from, int to, long start) {
        long value = start;
        for (int i = from; i < to; i++) {
            value = value * 10 + (text[i] - '0');
        }
        return value;
    }
}
