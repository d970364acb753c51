package io.purser.agent.template.value;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Go struct, or a pointer to one.
 *
 * @param type as Go prints it, without the star
 * @param pointer whether it is a pointer
 * @param fields by name, in their order; null for a nil pointer
 */
public record GoStruct(
        String type, boolean pointer, @Nullable Map<String, @Nullable Object> fields) {

    /** A struct value. */
    public static GoStruct of(String type, Map<String, @Nullable Object> fields) {
        return new GoStruct(type, false, new LinkedHashMap<>(fields));
    }

    /** A pointer to a struct. */
    public static GoStruct pointer(String type, Map<String, @Nullable Object> fields) {
        return new GoStruct(type, true, new LinkedHashMap<>(fields));
    }

    /** A nil pointer. */
    public static GoStruct nil(String type) {
        return new GoStruct(type, true, null);
    }

    public boolean isNil() {
        return fields == null;
    }

    /** Type name only: a struct here is a secret. */
    @Override
    public String toString() {
        return "GoStruct[" + type + "]";
    }
}
