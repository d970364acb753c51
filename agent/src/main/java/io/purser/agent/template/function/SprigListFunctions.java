package io.purser.agent.template.function;

import io.purser.agent.template.value.FunctionException;
import io.purser.agent.template.value.GoList;
import io.purser.agent.template.value.GoType;
import io.purser.agent.template.value.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sprig's functions on lists; none changes its argument. */
final class SprigListFunctions implements FunctionGroup {
    private static final int MAX_ITEMS = 1_000_000;

    @Override
    public String signatures() {
        return """
                append(list any, value any) []any
                chunk(size int, list any) [][]any
                compact(list any) []any
                concat(lists ...any) any
                first(list any) any
                has(value any, list any) bool
                initial(list any) []any
                last(list any) any
                list(values ...any) []any
                mustAppend(list any, value any) []any
                mustChunk(size int, list any) [][]any
                mustCompact(list any) []any
                mustFirst(list any) any
                mustHas(value any, list any) bool
                mustInitial(list any) []any
                mustLast(list any) any
                mustPrepend(list any, value any) []any
                mustPush(list any, value any) []any
                mustRest(list any) []any
                mustReverse(list any) []any
                mustSlice(list any, bounds ...any) any
                mustUniq(list any) []any
                mustWithout(list any, values ...any) []any
                prepend(list any, value any) []any
                push(list any, value any) []any
                rest(list any) []any
                reverse(list any) []any
                slice(list any, bounds ...any) any
                tuple(values ...any) []any
                uniq(list any) []any
                without(list any, values ...any) []any
                """;
    }

    @Override
    public @Nullable Object call(String name, Arguments a, Session session) {
        String plain = name.startsWith("must") ? Character.toLowerCase(name.charAt(4)) + name.substring(5) : name;
        return switch (plain) {
            case "append", "push" -> added(items(a.any(0)), a.any(1), false);
            case "prepend" -> added(items(a.any(0)), a.any(1), true);
            case "chunk" -> chunk(a.integer(0), items(a.any(1)));
            case "compact" -> kept(items(a.any(0)), item -> !Emptiness.isEmpty(item));
            case "concat" -> concat(a.all());
            case "first" -> at(items(a.any(0)), 0);
            case "last" -> at(items(a.any(0)), items(a.any(0)).size() - 1);
            case "has" -> a.any(1) != null && contains(items(a.any(1)), a.any(0));
            case "initial" -> part(items(a.any(0)), 0, 1);
            case "rest" -> part(items(a.any(0)), 1, 0);
            case "list", "tuple" -> GoList.of(a.all());
            case "reverse" -> reversed(items(a.any(0)));
            case "slice" -> slice(a.any(0), a.from(1));
            case "uniq" -> unique(items(a.any(0)));
            case "without" -> kept(items(a.any(0)), item -> !contains(a.from(1), item));
            default -> throw new FunctionException("it cannot be called this way");
        };
    }

    private static List<@Nullable Object> items(@Nullable Object value) {
        if (value instanceof GoList list) {
            return list.items();
        }
        throw new FunctionException("a list was expected, not a " + Values.typeName(value));
    }

    private static GoList added(List<@Nullable Object> items, @Nullable Object value, boolean front) {
        if (items.size() >= MAX_ITEMS) {
            throw new FunctionException("the list has more than " + MAX_ITEMS + " items");
        }
        List<@Nullable Object> all = new ArrayList<>(items);
        all.add(front ? 0 : all.size(), value);
        return GoList.of(all);
    }

    private static GoList chunk(long size, List<@Nullable Object> items) {
        if (size <= 0 && !items.isEmpty()) {
            throw new FunctionException("the size of a chunk must be positive");
        }
        List<@Nullable Object> chunks = new ArrayList<>();
        for (int i = 0; i < items.size(); i += (int) Math.min(size, MAX_ITEMS)) {
            chunks.add(GoList.of(items.subList(i, (int) Math.min(items.size(), i + size))));
        }
        return GoList.of(GoType.LISTS, chunks);
    }

    private static GoList kept(List<@Nullable Object> items, java.util.function.Predicate<@Nullable Object> condition) {
        List<@Nullable Object> kept = new ArrayList<>();
        for (Object item : items) {
            if (condition.test(item)) {
                kept.add(item);
            }
        }
        return GoList.of(kept);
    }

    private static GoList concat(List<@Nullable Object> lists) {
        List<@Nullable Object> all = new ArrayList<>();
        lists.forEach(list -> all.addAll(items(list)));
        return all.isEmpty() ? GoList.nil(GoType.LIST) : GoList.of(all);
    }

    private static @Nullable Object at(List<@Nullable Object> items, int index) {
        return items.isEmpty() ? null : items.get(index);
    }

    private static GoList part(List<@Nullable Object> items, int from, int fewer) {
        return items.isEmpty() ? GoList.nil(GoType.LIST) : GoList.of(items.subList(from, items.size() - fewer));
    }

    private static GoList reversed(List<@Nullable Object> items) {
        List<@Nullable Object> all = new ArrayList<>(items);
        Collections.reverse(all);
        return GoList.of(all);
    }

    private static @Nullable Object slice(@Nullable Object value, List<@Nullable Object> bounds) {
        int size = items(value).size();
        if (size == 0) {
            return null;
        }
        long from = bounds.isEmpty() ? 0 : Casting.toLong(bounds.get(0));
        long to = bounds.size() < 2 ? size : Casting.toLong(bounds.get(1));
        if (from < 0 || from > to || to > size) {
            throw new FunctionException("the bounds do not fit the list");
        }
        return value instanceof GoList list ? list.slice((int) from, (int) to) : null;
    }

    private static GoList unique(List<@Nullable Object> items) {
        List<@Nullable Object> unique = new ArrayList<>();
        for (Object item : items) {
            if (!contains(unique, item)) {
                unique.add(item);
            }
        }
        return GoList.of(unique);
    }

    private static boolean contains(List<@Nullable Object> items, @Nullable Object value) {
        for (Object item : items) {
            if (DeepEquality.equal(item, value)) {
                return true;
            }
        }
        return false;
    }
}
