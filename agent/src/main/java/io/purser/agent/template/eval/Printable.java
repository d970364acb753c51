package io.purser.agent.template.eval;

import io.purser.agent.template.print.Printer;
import io.purser.agent.template.value.GoStruct;
import org.jspecify.annotations.Nullable;

/** How an action prints its value: as fmt does, but pointers are followed and nothing is {@code <no value>}. */
final class Printable {
    private Printable() {}

    static String text(@Nullable Object value) {
        if (value == null) {
            return "<no value>";
        }
        return value instanceof String text ? text : Printer.text(followed(value));
    }

    /** The struct behind a pointer; anything else as it is. */
    static Object followed(Object value) {
        return value instanceof GoStruct struct && struct.pointer() && struct.fields() != null
                ? new GoStruct(struct.type(), false, struct.fields())
                : value;
    }
}
