package io.purser.agent.template.function;

import io.purser.agent.template.value.GoList;
import io.purser.agent.template.value.GoMap;
import io.purser.agent.template.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The arguments of one call, already of the types that the signature asks for. */
public final class Arguments {
    private final List<@Nullable Object> values;

    /** Arguments in order. */
    public Arguments(List<@Nullable Object> values) {
        this.values = values;
    }

    int size() {
        return values.size();
    }

    /** Any value, nil included. */
    @Nullable
    Object any(int index) {
        return values.get(index);
    }

    String text(int index) {
        return (String) Objects.requireNonNull(values.get(index));
    }

    /** The argument as int, for counts and widths that memory bounds anyway. */
    int count(int index) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, integer(index)));
    }

    long integer(int index) {
        return Values.integer(values.get(index));
    }

    double floating(int index) {
        return (Double) Objects.requireNonNull(values.get(index));
    }

    boolean bool(int index) {
        return (Boolean) Objects.requireNonNull(values.get(index));
    }

    GoList list(int index) {
        return (GoList) Objects.requireNonNull(values.get(index));
    }

    GoMap map(int index) {
        return (GoMap) Objects.requireNonNull(values.get(index));
    }

    /** The arguments from index on. */
    List<@Nullable Object> from(int index) {
        return values.subList(index, values.size());
    }

    /** The text arguments from index on. */
    List<String> textsFrom(int index) {
        List<String> texts = new ArrayList<>();
        for (Object value : from(index)) {
            texts.add(String.valueOf(value));
        }
        return texts;
    }

    List<@Nullable Object> all() {
        return values;
    }
}
