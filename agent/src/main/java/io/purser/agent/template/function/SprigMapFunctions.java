package io.purser.agent.template.function;

import io.purser.agent.template.value.FunctionException;
import io.purser.agent.template.value.GoList;
import io.purser.agent.template.value.GoMap;
import io.purser.agent.template.value.GoType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sprig's functions on maps with text keys. {@code set}, {@code unset} and the merges change their first map. */
final class SprigMapFunctions implements FunctionGroup {
    @Override
    public String signatures() {
        return """
                dict(keys_and_values ...any) map
                dig(keys_default_and_map ...any) any
                get(map map, key string) any
                hasKey(map map, key string) bool
                keys(maps ...map) []string
                merge(target map, sources ...map) any
                mergeOverwrite(target map, sources ...map) any
                mustMerge(target map, sources ...map) any
                mustMergeOverwrite(target map, sources ...map) any
                omit(map map, keys ...string) map
                pick(map map, keys ...string) map
                pluck(key string, maps ...map) []any
                set(map map, key string, value any) map
                unset(map map, key string) map
                values(map map) []any
                """;
    }

    @Override
    public @Nullable Object call(String name, Arguments a, Session session) {
        return switch (name) {
            case "dict" -> dict(a.all());
            case "dig" -> dig(a.all());
            case "get" -> a.map(0).has(a.text(1)) ? a.map(0).get(a.text(1)) : "";
            case "hasKey" -> a.map(0).has(a.text(1));
            case "keys" -> keys(a);
            case "merge", "mustMerge" -> merge(a, false);
            case "mergeOverwrite", "mustMergeOverwrite" -> merge(a, true);
            case "omit" -> selected(a, false);
            case "pick" -> selected(a, true);
            case "pluck" -> pluck(a);
            case "set" -> set(a.map(0), a.text(1), a.any(2));
            case "unset" -> unset(a.map(0), a.text(1));
            case "values" -> values(a.map(0));
            default -> throw new FunctionException("it cannot be called this way");
        };
    }

    private static GoMap dict(List<@Nullable Object> values) {
        GoMap map = GoMap.create();
        for (int i = 0; i < values.size(); i += 2) {
            map.put(SprigTextFunctions.string(values.get(i)), i + 1 < values.size() ? values.get(i + 1) : "");
        }
        return map;
    }

    private static @Nullable Object dig(List<@Nullable Object> arguments) {
        int count = arguments.size() - 2;
        if (count < 1) {
            throw new FunctionException("it takes at least three arguments: keys, a default and a map");
        }
        if (!arguments.subList(0, count).stream().allMatch(String.class::isInstance)) {
            throw new FunctionException("the keys must be strings");
        }
        Object current = arguments.get(count + 1);
        for (Object key : arguments.subList(0, count)) {
            if (!(current instanceof GoMap map) || map.type() != GoType.MAP) {
                throw new FunctionException("there is no map to look up a key in");
            }
            if (key == null || !map.has(key)) {
                return arguments.get(count);
            }
            current = map.get(key);
        }
        return current;
    }

    /** Go gives them in any order; here they are sorted. */
    private static GoList keys(Arguments a) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < a.size(); i++) {
            a.map(i).sortedKeys().forEach(key -> keys.add((String) key));
        }
        return GoList.ofStrings(keys);
    }

    private static GoMap merge(Arguments a, boolean override) {
        GoMap target = a.map(0);
        for (int i = 1; i < a.size(); i++) {
            Merging.merge(target, a.map(i), override);
        }
        return target;
    }

    private static GoMap selected(Arguments a, boolean wanted) {
        List<String> named = a.textsFrom(1);
        GoMap selected = GoMap.create();
        for (Object key : a.map(0).sortedKeys()) {
            if (named.contains(key) == wanted) {
                selected.put(key, a.map(0).get(key));
            }
        }
        return selected;
    }

    private static GoList pluck(Arguments a) {
        List<@Nullable Object> plucked = new ArrayList<>();
        for (int i = 1; i < a.size(); i++) {
            if (a.map(i).has(a.text(0))) {
                plucked.add(a.map(i).get(a.text(0)));
            }
        }
        return GoList.of(plucked);
    }

    private static GoMap set(GoMap map, String key, @Nullable Object value) {
        if (map.isNil()) {
            throw new FunctionException("nothing can be put into a nil map");
        }
        if (value == map) {
            throw new FunctionException("a map cannot hold itself");
        }
        return map.put(key, value);
    }

    private static GoMap unset(GoMap map, String key) {
        map.remove(key);
        return map;
    }

    private static GoList values(GoMap map) {
        List<@Nullable Object> values = new ArrayList<>();
        map.sortedKeys().forEach(key -> values.add(map.get(key)));
        return GoList.of(values);
    }
}
