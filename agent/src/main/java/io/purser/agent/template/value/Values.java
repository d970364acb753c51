package io.purser.agent.template.value;

import org.jspecify.annotations.Nullable;

/** What Go's reflection would say of a value. */
public final class Values {
    private Values() {}

    public static Kind kind(@Nullable Object value) {
        if (value instanceof String || value instanceof JsonNumber) {
            return Kind.STRING;
        }
        if (value instanceof Long) {
            return Kind.INT;
        }
        if (value instanceof GoInt integer) {
            return integer.kind();
        }
        if (value instanceof Boolean) {
            return Kind.BOOL;
        }
        if (value instanceof Double) {
            return Kind.FLOAT64;
        }
        if (value instanceof GoMap) {
            return Kind.MAP;
        }
        if (value instanceof GoList) {
            return Kind.SLICE;
        }
        return otherKind(value);
    }

    private static Kind otherKind(@Nullable Object value) {
        if (value instanceof GoStruct struct) {
            return struct.pointer() ? Kind.POINTER : Kind.STRUCT;
        }
        if (value instanceof GoChannel) {
            return Kind.CHANNEL;
        }
        if (value instanceof Methods methods) {
            return methods.goType().startsWith("*") ? Kind.POINTER : Kind.STRUCT;
        }
        return value == Nil.INTERFACE ? Kind.INTERFACE : Kind.INVALID;
    }

    /** The type as {@code %T} prints it. */
    public static String typeName(@Nullable Object value) {
        if (value instanceof GoInt integer) {
            return integer.type();
        }
        if (value instanceof JsonNumber) {
            return "json.Number";
        }
        if (value instanceof GoList list) {
            return list.type().goName();
        }
        if (value instanceof GoMap map) {
            return map.type().goName();
        }
        if (value instanceof GoStruct struct) {
            return (struct.pointer() ? "*" : "") + struct.type();
        }
        if (value instanceof Methods methods) {
            return methods.goType();
        }
        if (value instanceof GoChannel) {
            return "<-chan int64";
        }
        return value == Nil.INTERFACE
                ? "interface {}"
                : value == null ? "<nil>" : kind(value).goName();
    }

    /** Go's truth: not the zero value of its type. */
    public static boolean isTrue(@Nullable Object value) {
        if (value instanceof Boolean truth) {
            return truth;
        }
        if (value instanceof GoStruct struct) {
            return !struct.isNil();
        }
        if (value instanceof Double number) {
            return number != 0;
        }
        return switch (kind(value)) {
            case INVALID, INTERFACE -> false;
            case STRUCT, POINTER, CHANNEL -> true;
            case STRING -> !text(value).isEmpty();
            case SLICE -> ((GoList) present(value)).size() > 0;
            case MAP -> ((GoMap) present(value)).size() > 0;
            default -> integer(value) != 0;
        };
    }

    /** The text of a value of kind string. */
    public static String text(@Nullable Object value) {
        return value instanceof JsonNumber number ? number.text() : (String) present(value);
    }

    /** The bits of an integer of any type; 0 for anything else. */
    public static long integer(@Nullable Object value) {
        if (value instanceof Long number) {
            return number;
        }
        return value instanceof GoInt number ? number.value() : 0;
    }

    public static boolean isInteger(@Nullable Object value) {
        return value instanceof Long || value instanceof GoInt;
    }

    /** An integer or float as a float, unsigned ones included. */
    public static double floating(@Nullable Object value) {
        if (value instanceof Double number) {
            return number;
        }
        long bits = integer(value);
        return kind(value).isUnsigned() ? unsignedToDouble(bits) : bits;
    }

    private static double unsignedToDouble(long bits) {
        return bits >= 0 ? bits : new java.math.BigInteger(Long.toUnsignedString(bits)).doubleValue();
    }

    /** Whether it is a nil slice, map or pointer, or no value at all. */
    public static boolean isNil(@Nullable Object value) {
        if (value instanceof GoMap map) {
            return map.isNil();
        }
        if (value instanceof GoList list) {
            return list.isNil();
        }
        return value == null || value == Nil.INTERFACE || (value instanceof GoStruct struct && struct.isNil());
    }

    private static Object present(@Nullable Object value) {
        return java.util.Objects.requireNonNull(value);
    }
}
