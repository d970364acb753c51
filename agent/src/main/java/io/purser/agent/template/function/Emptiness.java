package io.purser.agent.template.function;

import io.purser.agent.template.value.Kind;
import io.purser.agent.template.value.Values;
import org.jspecify.annotations.Nullable;

/** What sprig takes for empty: nothing, zero, false, and text, lists and maps without content. */
final class Emptiness {
    private Emptiness() {}

    static boolean isEmpty(@Nullable Object value) {
        return Values.kind(value) != Kind.STRUCT && !Values.isTrue(value);
    }
}
