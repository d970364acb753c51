package io.purser.agent.template.value;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Go map. Some functions change it in place, as in Go. */
public final class GoMap {
    private final GoType type;
    private final Map<Object, @Nullable Object> entries;
    private boolean nil;

    private GoMap(GoType type, boolean nil) {
        this.type = type;
        this.entries = new LinkedHashMap<>();
        this.nil = nil;
    }

    /** An empty map from text to anything. */
    public static GoMap create() {
        return create(GoType.MAP);
    }

    /** An empty map of that type. */
    public static GoMap create(GoType type) {
        return new GoMap(type, false);
    }

    /** The nil map of that type. */
    public static GoMap nil(GoType type) {
        return new GoMap(type, true);
    }

    public GoType type() {
        return type;
    }

    public boolean isNil() {
        return nil;
    }

    public int size() {
        return entries.size();
    }

    public boolean has(Object key) {
        return entries.containsKey(key);
    }

    /** The value, or null if there is none or it is nil. */
    public @Nullable Object get(Object key) {
        return entries.get(key);
    }

    /** The value as it comes out of the map: an empty interface stays one, a missing key gives the type's zero value. */
    public Object element(Object key) {
        Object value = entries.get(key);
        if (value != null) {
            return value;
        }
        Object zero = entries.containsKey(key) ? null : type.element().zero();
        return zero == null ? Nil.INTERFACE : zero;
    }

    /** Sets a value; the key's text must not be null. */
    public GoMap put(Object key, @Nullable Object value) {
        entries.put(key, value);
        nil = false;
        return this;
    }

    public void remove(Object key) {
        entries.remove(key);
    }

    /** The keys in Go's printing order. */
    public List<Object> sortedKeys() {
        List<Object> keys = new ArrayList<>(entries.keySet());
        keys.sort(KeyOrder.INSTANCE);
        return keys;
    }

    /** Whether every key is text by type. */
    public boolean hasTextKeys() {
        return type != GoType.ANY_MAP;
    }
}
