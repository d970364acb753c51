package io.purser.agent.template.value;

import org.jspecify.annotations.Nullable;

/** The Go types that functions take and containers hold. */
public enum GoType {
    ANY("interface {}", Kind.INTERFACE, null),
    /** reflect.Value, the parameters of Go's own functions: anything, unconverted. */
    VALUE("reflect.Value", Kind.STRUCT, null),
    STRING("string", Kind.STRING, null),
    BOOL("bool", Kind.BOOL, null),
    INT("int", Kind.INT, null),
    INT64("int64", Kind.INT64, null),
    UINT8("uint8", Kind.UINT8, null),
    UINT32("uint32", Kind.UINT32, null),
    UINT64("uint64", Kind.UINT64, null),
    FLOAT64("float64", Kind.FLOAT64, null),
    TIME("time.Time", Kind.STRUCT, null),
    MONTH("time.Month", Kind.INT, null),
    DURATION("time.Duration", Kind.INT64, null),
    LOCATION("*time.Location", Kind.POINTER, null),
    VERSION("*semver.Version", Kind.POINTER, null),
    STRINGS("[]string", Kind.SLICE, STRING),
    INTS("[]int", Kind.SLICE, INT),
    BYTES("[]uint8", Kind.SLICE, UINT8),
    LIST("[]interface {}", Kind.SLICE, ANY),
    LISTS("[][]interface {}", Kind.SLICE, LIST),
    MAP("map[string]interface {}", Kind.MAP, ANY),
    STRING_MAP("map[string]string", Kind.MAP, STRING),
    ANY_MAP("map[interface {}]interface {}", Kind.MAP, ANY),
    MAPS("[]map[string]interface {}", Kind.SLICE, MAP),
    MERGE_OPTION("func(*mergo.Config)", Kind.INVALID, null);

    private final String goName;
    private final Kind kind;
    private final @Nullable GoType element;

    GoType(String goName, Kind kind, @Nullable GoType element) {
        this.goName = goName;
        this.kind = kind;
        this.element = element;
    }

    /** As Go prints it. */
    public String goName() {
        return goName;
    }

    public Kind kind() {
        return kind;
    }

    /** What a slice or map of this type holds; {@link #ANY} for other types. */
    public GoType element() {
        return element == null ? ANY : element;
    }

    /** Whether nil can be a value of this type. */
    public boolean canBeNil() {
        return this == VALUE
                || kind == Kind.INTERFACE
                || kind == Kind.SLICE
                || kind == Kind.MAP
                || kind == Kind.POINTER;
    }

    /** Go's zero value. */
    public @Nullable Object zero() {
        return switch (kind) {
            case STRING -> "";
            case BOOL -> false;
            case INT -> 0L;
            case INT64, UINT8, UINT32, UINT64 -> new GoInt(kind, 0);
            case FLOAT64 -> 0.0;
            case SLICE -> GoList.nil(this);
            case MAP -> GoMap.nil(this);
            default -> null;
        };
    }
}
