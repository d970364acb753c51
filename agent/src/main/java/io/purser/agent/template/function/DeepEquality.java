package io.purser.agent.template.function;

import io.purser.agent.template.value.Bounds;
import io.purser.agent.template.value.GoList;
import io.purser.agent.template.value.GoMap;
import io.purser.agent.template.value.GoStruct;
import io.purser.agent.template.value.Values;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Go's reflect.DeepEqual: same types, same contents; an empty list is not a nil one. */
final class DeepEquality {
    private int nodes;

    private DeepEquality() {}

    static boolean equal(@Nullable Object a, @Nullable Object b) {
        return new DeepEquality().equal(a, b, 0);
    }

    private boolean equal(@Nullable Object a, @Nullable Object b, int depth) {
        Bounds.checkDepth(depth);
        Bounds.checkNodes(++nodes);
        if (a == b && !(a instanceof Double)) {
            return true;
        }
        if (a == null || b == null || !Values.typeName(a).equals(Values.typeName(b))) {
            return false;
        }
        if (a instanceof GoList left && b instanceof GoList right) {
            return left.isNil() == right.isNil() && equalItems(left, right, depth);
        }
        if (a instanceof GoMap left && b instanceof GoMap right) {
            return left.isNil() == right.isNil() && equalEntries(left, right, depth);
        }
        if (a instanceof GoStruct left && b instanceof GoStruct right) {
            return equalFields(left.fields(), right.fields(), depth);
        }
        if (a instanceof Double left && b instanceof Double right) {
            return left.doubleValue() == right.doubleValue();
        }
        return a.equals(b);
    }

    private boolean equalItems(GoList a, GoList b, int depth) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!equal(a.items().get(i), b.items().get(i), depth + 1)) {
                return false;
            }
        }
        return true;
    }

    private boolean equalEntries(GoMap a, GoMap b, int depth) {
        return a.size() == b.size()
                && a.sortedKeys().stream().allMatch(key -> b.has(key) && equal(a.get(key), b.get(key), depth + 1));
    }

    private boolean equalFields(
            @Nullable Map<String, @Nullable Object> a, @Nullable Map<String, @Nullable Object> b, int depth) {
        if (a == null || b == null) {
            return Objects.equals(a, b);
        }
        return a.keySet().stream().allMatch(name -> equal(a.get(name), b.get(name), depth + 1));
    }
}
