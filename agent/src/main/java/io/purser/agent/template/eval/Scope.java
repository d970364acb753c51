package io.purser.agent.template.eval;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The variables of one template, innermost last. */
final class Scope {
    private final List<String> names = new ArrayList<>();
    private final List<@Nullable Object> values = new ArrayList<>();

    Scope(@Nullable Object root) {
        push("$", root);
    }

    int mark() {
        return names.size();
    }

    void release(int mark) {
        names.subList(mark, names.size()).clear();
        values.subList(mark, values.size()).clear();
    }

    void push(String name, @Nullable Object value) {
        names.add(name);
        values.add(value);
    }

    /** Sets the innermost variable of that name, which the parser has seen declared. */
    void assign(String name, @Nullable Object value) {
        int index = names.lastIndexOf(name);
        if (index >= 0) {
            values.set(index, value);
        }
    }

    /** Sets the variable that was declared as the nth last. */
    void setFromTop(int n, @Nullable Object value) {
        values.set(values.size() - n, value);
    }

    @Nullable
    Object get(String name) {
        return values.get(names.lastIndexOf(name));
    }

    boolean has(String name) {
        return names.contains(name);
    }
}
