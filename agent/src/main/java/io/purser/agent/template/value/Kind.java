package io.purser.agent.template.value;

import java.util.Locale;

/** Go's reflect.Kind, as far as templates meet them. */
public enum Kind {
    INVALID,
    BOOL,
    INT,
    INT8,
    INT16,
    INT32,
    INT64,
    UINT,
    UINT8,
    UINT16,
    UINT32,
    UINT64,
    FLOAT64,
    STRING,
    SLICE,
    MAP,
    STRUCT,
    POINTER,
    CHANNEL,
    INTERFACE;

    /** int and its sized kin. */
    public boolean isSigned() {
        return this == INT || this == INT8 || this == INT16 || this == INT32 || this == INT64;
    }

    /** uint and its sized kin. */
    public boolean isUnsigned() {
        return this == UINT || this == UINT8 || this == UINT16 || this == UINT32 || this == UINT64;
    }

    /** Go's name, as sprig's kindOf prints it. */
    public String goName() {
        return switch (this) {
            case POINTER -> "ptr";
            case CHANNEL -> "chan";
            default -> name().toLowerCase(Locale.ROOT);
        };
    }
}
