package io.purser.agent.template.value;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Go slice. Never changed once it is made. */
public final class GoList {
    private final GoType type;
    private final List<@Nullable Object> items;
    private final boolean nil;

    private GoList(GoType type, List<@Nullable Object> items, boolean nil) {
        this.type = type;
        this.items = items;
        this.nil = nil;
    }

    /** A slice of that slice type. */
    public static GoList of(GoType type, Collection<? extends @Nullable Object> items) {
        return new GoList(type, new ArrayList<>(items), false);
    }

    /** A slice of anything. */
    public static GoList of(Collection<? extends @Nullable Object> items) {
        return of(GoType.LIST, items);
    }

    /** A slice of text. */
    public static GoList ofStrings(Collection<String> items) {
        return of(GoType.STRINGS, items);
    }

    /** The nil slice of that type. */
    public static GoList nil(GoType type) {
        return new GoList(type, List.of(), true);
    }

    /** The slice type, for example {@link GoType#STRINGS}. */
    public GoType type() {
        return type;
    }

    public boolean isNil() {
        return nil;
    }

    public List<@Nullable Object> items() {
        return items;
    }

    /** The items of a slice of text. */
    public List<String> strings() {
        return items.stream().map(String::valueOf).toList();
    }

    public int size() {
        return items.size();
    }

    /** The item as it comes out of the slice: an empty interface stays one. */
    public Object get(int index) {
        Object item = items.get(index);
        return item == null ? Nil.INTERFACE : item;
    }

    /** The part from from to to. */
    public GoList slice(int from, int to) {
        return new GoList(type, items.subList(from, to), nil);
    }
}
