package io.purser.agent.template.function;

import io.purser.agent.template.value.GoType;
import java.util.ArrayList;
import java.util.List;

/**
 * What a function takes.
 *
 * @param name the function's name
 * @param parameters their types; the last one is that of each further argument if variadic
 * @param variadic whether the last parameter takes any number of arguments
 */
public record Signature(String name, List<GoType> parameters, boolean variadic) {

    /** Reads a signature such as {@code join(separator string, list []string) string}. */
    public static Signature parse(String text) {
        int open = text.indexOf('(');
        int close = text.indexOf(')');
        List<GoType> types = new ArrayList<>();
        boolean variadic = false;
        String list = text.substring(open + 1, close).strip();
        for (String parameter : list.isEmpty() ? new String[0] : list.split(",")) {
            String type = parameter.substring(parameter.lastIndexOf(' ') + 1);
            variadic = type.startsWith("...");
            types.add(type(variadic ? type.substring(3) : type));
        }
        return new Signature(text.substring(0, open), List.copyOf(types), variadic);
    }

    /** The number of arguments it takes at least. */
    public int required() {
        return variadic ? parameters.size() - 1 : parameters.size();
    }

    /** The type of an argument, counted from 0. */
    public GoType parameter(int index) {
        return parameters.get(Math.min(index, parameters.size() - 1));
    }

    private static GoType type(String name) {
        return switch (name) {
            case "any" -> GoType.ANY;
            case "value" -> GoType.VALUE;
            case "string" -> GoType.STRING;
            case "bool" -> GoType.BOOL;
            case "int" -> GoType.INT;
            case "int64" -> GoType.INT64;
            case "uint32" -> GoType.UINT32;
            case "uint64" -> GoType.UINT64;
            case "float64" -> GoType.FLOAT64;
            case "time" -> GoType.TIME;
            case "duration" -> GoType.DURATION;
            case "location" -> GoType.LOCATION;
            case "version" -> GoType.VERSION;
            case "[]string" -> GoType.STRINGS;
            case "[]any" -> GoType.LIST;
            case "map" -> GoType.MAP;
            case "month" -> GoType.MONTH;
            case "option" -> GoType.MERGE_OPTION;
            default -> throw new IllegalArgumentException("no parameter type \"" + name + "\"");
        };
    }
}
