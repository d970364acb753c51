package io.purser.webhook.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks into trees whose shape is not known. */
final class Trees {

    private Trees() {}

    /** A copy that shares nothing that can change. */
    static Object copy(Object tree) {
        if (tree instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((name, value) -> copy.put((String) name, copyOrNull(value)));
            return copy;
        }
        if (tree instanceof List<?> list) {
            List<Object> copy = new ArrayList<>(list.size());
            list.forEach(element -> copy.add(copyOrNull(element)));
            return copy;
        }
        return tree;
    }

    @SuppressWarnings("NullAway") // JSON has null, and a tree keeps it
    private static Object copyOrNull(@Nullable Object value) {
        return value == null ? null : copy(value);
    }

    /** The objects in a list of objects; empty for anything else. */
    static List<Map<?, ?>> objects(@Nullable Object tree) {
        List<Map<?, ?>> objects = new ArrayList<>();
        if (tree instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof Map<?, ?> map) {
                    objects.add(map);
                }
            }
        }
        return objects;
    }

    /** The text under a name, or an empty one. */
    static String text(Map<?, ?> object, String name) {
        return object.get(name) instanceof String text ? text : "";
    }
}
