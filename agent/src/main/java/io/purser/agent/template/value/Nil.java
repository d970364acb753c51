package io.purser.agent.template.value;

/**
 * An interface that holds nothing, fresh from a map or list. Java's null stands for Go's invalid reflect.Value; the two
 * differ only until a pipeline ends: a field of no value is no value again, a field of a nil interface is an error.
 */
public enum Nil {
    INTERFACE;

    /** Null for either kind of nothing. */
    public static @org.jspecify.annotations.Nullable Object unwrap(@org.jspecify.annotations.Nullable Object value) {
        return value == INTERFACE ? null : value;
    }
}
