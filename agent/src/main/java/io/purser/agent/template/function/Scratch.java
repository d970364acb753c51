package io.purser.agent.template.function;

import io.purser.agent.template.value.FunctionException;
import io.purser.agent.template.value.GoList;
import io.purser.agent.template.value.GoMap;
import io.purser.agent.template.value.GoType;
import io.purser.agent.template.value.Methods;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The function {@code scratch}: named values that live as long as one rendering. */
public final class Scratch implements Methods {
    private final Map<String, @Nullable Object> values = new HashMap<>();

    @Override
    public @Nullable String signature(String method) {
        return switch (method) {
            case "Key" -> "Key(name string) bool";
            case "Get" -> "Get(name string) any";
            case "Set" -> "Set(name string, value any) string";
            case "SetX" -> "SetX(name string, value any) string";
            case "MapSet" -> "MapSet(name string, key string, value any) string";
            case "MapSetX" -> "MapSetX(name string, key string, value any) string";
            case "MapValues" -> "MapValues(name string) []any";
            default -> null;
        };
    }

    @Override
    public @Nullable Object invoke(String method, List<@Nullable Object> arguments) {
        String name = String.valueOf(arguments.get(0));
        switch (method) {
            case "Key" -> {
                return values.containsKey(name);
            }
            case "Get" -> {
                return values.get(name);
            }
            case "Set" -> {
                values.put(name, arguments.get(1));
                return "";
            }
            case "SetX" -> {
                if (!values.containsKey(name)) {
                    values.put(name, arguments.get(1));
                }
                return "";
            }
            case "MapValues" -> {
                return mapValues(name);
            }
            default -> {
                return mapSet(name, arguments, method.equals("MapSet"));
            }
        }
    }

    private String mapSet(String name, List<@Nullable Object> arguments, boolean overwrite) {
        if (!values.containsKey(name)) {
            values.put(name, GoMap.create());
        }
        if (!(values.get(name) instanceof GoMap map) || map.type() != GoType.MAP) {
            throw new FunctionException("\"" + name + "\" is not a map");
        }
        Object key = arguments.get(1);
        if (key != null && (overwrite || !map.has(key))) {
            map.put(key, arguments.get(2));
        }
        return "";
    }

    private GoList mapValues(String name) {
        if (!(values.get(name) instanceof GoMap map) || map.type() != GoType.MAP) {
            return GoList.nil(GoType.LIST);
        }
        List<@Nullable Object> sorted = new ArrayList<>();
        map.sortedKeys().forEach(key -> sorted.add(map.get(key)));
        return GoList.of(sorted);
    }

    @Override
    public String goType() {
        return "*template.Scratch";
    }
}
