package io.purser.webhook.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes objects of the API as trees. */
final class Tree {

    private Tree() {}

    /** An object of those names and values in turn; what is null is left out. */
    static Map<String, Object> of(@Nullable Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>(namesAndValues.length);
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            Object name = namesAndValues[i];
            Object value = namesAndValues[i + 1];
            if (name != null && value != null) {
                map.put((String) name, value);
            }
        }
        return map;
    }

    /** A list that can grow. */
    static List<Object> list(Object... elements) {
        return new ArrayList<>(List.of(elements));
    }

    /** A memory volume. */
    static Map<String, Object> memoryVolume(String name, String sizeLimit) {
        return of("name", name, "emptyDir", of("medium", "Memory", "sizeLimit", sizeLimit));
    }

    /** A volume mount; only the true is said. */
    static Map<String, Object> mount(String volume, String path, boolean readOnly) {
        return of("name", volume, "mountPath", path, "readOnly", readOnly ? Boolean.TRUE : null);
    }

    /** An object of the same members. */
    static Map<String, Object> copyOf(Map<?, ?> object) {
        Map<String, Object> map = new LinkedHashMap<>();
        object.forEach((name, value) -> map.put((String) name, value));
        return map;
    }
}
