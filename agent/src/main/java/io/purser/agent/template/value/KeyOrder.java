package io.purser.agent.template.value;

import java.util.Comparator;

/** The order in which Go prints a map and ranges over it: by type of key where types differ, then by value. */
enum KeyOrder implements Comparator<Object> {
    INSTANCE;

    @Override
    public int compare(Object a, Object b) {
        if (a instanceof String left && b instanceof String right) {
            return GoText.compare(left, right);
        }
        int byType = Integer.compare(rank(a), rank(b));
        if (byType != 0) {
            return byType;
        }
        if (a instanceof Boolean left && b instanceof Boolean right) {
            return Boolean.compare(left, right);
        }
        if (a instanceof Double left && b instanceof Double right) {
            return left.isNaN() ? right.isNaN() ? 0 : -1 : right.isNaN() ? 1 : Double.compare(left, right);
        }
        return Values.kind(a).isUnsigned()
                ? Long.compareUnsigned(Values.integer(a), Values.integer(b))
                : Long.compare(Values.integer(a), Values.integer(b));
    }

    /** Go compares addresses of types; this is how they lie in consul-template. */
    private static int rank(Object key) {
        return switch (Values.kind(key)) {
            case STRING -> 1;
            case UINT64 -> 2;
            case INT -> 3;
            case FLOAT64 -> 4;
            case BOOL -> 5;
            default -> 0;
        };
    }
}
