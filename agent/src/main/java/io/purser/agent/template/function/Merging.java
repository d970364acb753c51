package io.purser.agent.template.function;

import io.purser.agent.template.value.Bounds;
import io.purser.agent.template.value.GoList;
import io.purser.agent.template.value.GoMap;
import io.purser.agent.template.value.GoType;
import io.purser.agent.template.value.Values;
import org.jspecify.annotations.Nullable;

/** Merges maps as the Go library mergo does: into the first one, which changes. */
final class Merging {
    private Merging() {}

    static GoMap merge(GoMap target, GoMap source, boolean override) {
        merge(target, source, override, 0);
        return target;
    }

    private static void merge(GoMap target, GoMap source, boolean override, int depth) {
        Bounds.checkDepth(depth);
        for (Object key : source.sortedKeys()) {
            Object value = source.get(key);
            Object existing = target.get(key);
            if (existing instanceof GoMap nested
                    && value instanceof GoMap nestedSource
                    && nested.type() == GoType.MAP
                    && nestedSource.type() == GoType.MAP) {
                merge(nested, nestedSource, override, depth + 1);
            } else if (replaces(target.has(key), existing, value, override)) {
                target.put(key, value);
            }
        }
    }

    private static boolean replaces(
            boolean present, @Nullable Object existing, @Nullable Object value, boolean override) {
        return override || (value != null && (!present || isEmpty(existing)));
    }

    private static boolean isEmpty(@Nullable Object value) {
        if (value instanceof GoList list) {
            return list.size() == 0;
        }
        return !Values.isTrue(value);
    }
}
