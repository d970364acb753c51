package io.purser.agent.template.value;

/**
 * An integer of a type other than int (which is a {@link Long}).
 *
 * @param kind its size and sign
 * @param type as Go prints it, for example {@code int64} or {@code time.Month}
 * @param value the bits; unsigned kinds use all 64
 */
public record GoInt(Kind kind, String type, long value) {

    /** An integer of one of Go's own types. */
    public GoInt(Kind kind, long value) {
        this(kind, kind.goName(), value);
    }

    /** An int64. */
    public static GoInt int64(long value) {
        return new GoInt(Kind.INT64, value);
    }

    /** A uint64. */
    public static GoInt uint64(long value) {
        return new GoInt(Kind.UINT64, value);
    }

    /** A time.Duration in nanoseconds. */
    public static GoInt duration(long nanoseconds) {
        return new GoInt(Kind.INT64, "time.Duration", nanoseconds);
    }

    /** The number in decimal. */
    public String decimal() {
        return kind.isUnsigned() ? Long.toUnsignedString(value) : Long.toString(value);
    }
}
