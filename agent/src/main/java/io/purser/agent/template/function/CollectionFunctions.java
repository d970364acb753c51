package io.purser.agent.template.function;

import io.purser.agent.template.value.FunctionException;
import io.purser.agent.template.value.GoChannel;
import io.purser.agent.template.value.GoList;
import io.purser.agent.template.value.GoMap;
import io.purser.agent.template.value.GoType;
import io.purser.agent.template.value.Kind;
import io.purser.agent.template.value.Values;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The agent's functions on lists and maps, and the loop over numbers. */
final class CollectionFunctions implements FunctionGroup {
    @Override
    public String signatures() {
        return """
                contains(value any, list any) bool
                containsAll(values []any, list any) bool
                containsAny(values []any, list any) bool
                containsNone(values []any, list any) bool
                containsNotAll(values []any, list any) bool
                explodeMap(map map) map
                in(list any, value any) bool
                loop(bounds ...any) loop
                mergeMap(target map, source map, options ...option) map
                mergeMapWithOverride(target map, source map) map
                """;
    }

    @Override
    public @Nullable Object call(String name, Arguments a, Session session) {
        return switch (name) {
            case "contains" -> in(a.any(1), a.any(0));
            case "containsAll" -> containsSome(a, true, true);
            case "containsAny" -> containsSome(a, false, false);
            case "containsNone" -> containsSome(a, true, false);
            case "containsNotAll" -> containsSome(a, false, true);
            case "explodeMap" -> explode(a.map(0));
            case "in" -> in(a.any(0), a.any(1));
            case "loop" -> loop(a.all());
            case "mergeMap" -> Merging.merge(a.map(0), a.map(1), false);
            case "mergeMapWithOverride" -> Merging.merge(a.map(0), a.map(1), true);
            default -> throw new FunctionException("it cannot be called this way");
        };
    }

    private static boolean containsSome(Arguments a, boolean result, boolean invert) {
        for (Object value : a.list(0).items()) {
            if (in(a.any(1), value) != invert) {
                return !result;
            }
        }
        return result;
    }

    private static boolean in(@Nullable Object container, @Nullable Object value) {
        if (container instanceof GoList list) {
            // Go takes any slice of interfaces for a list of anything, and fails on lists of lists of them.
            return list.items().stream().anyMatch(item -> same(item, value));
        }
        if (Values.kind(container) != Kind.STRING) {
            return false;
        }
        if (value == null) {
            throw new FunctionException("nil cannot be in a string");
        }
        return sameType(container, value) && Values.text(container).contains(Values.text(value));
    }

    private static boolean same(@Nullable Object item, @Nullable Object value) {
        Kind kind = Values.kind(item);
        if (kind.isSigned()) {
            return Values.kind(value).isSigned() && Values.integer(item) == Values.integer(value);
        }
        if (kind == Kind.FLOAT64) {
            return value instanceof Double number && number == Values.floating(item);
        }
        if (kind == Kind.STRING && value == null) {
            throw new FunctionException("nil cannot be looked for in a list of text");
        }
        return kind == Kind.STRING && sameType(item, value) && Values.text(item).equals(Values.text(value));
    }

    private static boolean sameType(@Nullable Object a, @Nullable Object b) {
        return Values.typeName(a).equals(Values.typeName(b));
    }

    /** Makes nested maps of keys with slashes. */
    private static GoMap explode(GoMap flat) {
        GoMap exploded = GoMap.create();
        for (Object key : flat.sortedKeys()) {
            List<String> steps = Texts.split((String) key, "/", -1);
            GoMap target = exploded;
            for (String step : steps.subList(0, steps.size() - 1)) {
                if (!target.has(step)) {
                    target.put(step, GoMap.create());
                }
                if (!(target.get(step) instanceof GoMap nested) || nested.type() != GoType.MAP) {
                    throw new FunctionException("the key \"" + step + "\" has a value and keys below it");
                }
                target = nested;
            }
            String last = steps.get(steps.size() - 1);
            if (!last.isEmpty()) {
                target.put(last, flat.get(key));
            }
        }
        return exploded;
    }

    private static GoChannel loop(List<@Nullable Object> bounds) {
        if (bounds.isEmpty() || bounds.size() > 2) {
            throw new FunctionException("it takes 1 or 2 arguments, not " + bounds.size());
        }
        long first = bound(bounds.get(0));
        return bounds.size() == 1 ? new GoChannel(0, first) : new GoChannel(first, bound(bounds.get(1)));
    }

    private static long bound(@Nullable Object value) {
        if (Values.isInteger(value)) {
            return Values.integer(value);
        }
        String text = Values.kind(value) == Kind.STRING ? Values.text(value) : "x";
        if (text.isEmpty()) {
            return 0;
        }
        if (!text.matches("[+-]?[0-9]+") || new BigInteger(text).bitLength() > 63) {
            throw new FunctionException("a bound must be a whole number, not a " + Values.typeName(value));
        }
        return new BigInteger(text).longValue();
    }
}
