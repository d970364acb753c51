package io.purser.agent.template.function;

import io.purser.agent.template.value.Bounds;
import io.purser.agent.template.value.GoList;
import io.purser.agent.template.value.GoMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Copies maps and lists to any depth. */
final class DeepCopy {
    private int nodes;

    private DeepCopy() {}

    static @Nullable Object of(@Nullable Object value) {
        return new DeepCopy().copy(value, 0);
    }

    private @Nullable Object copy(@Nullable Object value, int depth) {
        Bounds.checkDepth(depth);
        Bounds.checkNodes(++nodes);
        if (value instanceof GoMap map) {
            GoMap copy = map.isNil() ? GoMap.nil(map.type()) : GoMap.create(map.type());
            map.sortedKeys().forEach(key -> copy.put(key, copy(map.get(key), depth + 1)));
            return copy;
        }
        if (value instanceof GoList list && !list.isNil()) {
            List<@Nullable Object> items = new ArrayList<>();
            list.items().forEach(item -> items.add(copy(item, depth + 1)));
            return GoList.of(list.type(), items);
        }
        return value;
    }
}
