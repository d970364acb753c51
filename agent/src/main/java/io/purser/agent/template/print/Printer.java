package io.purser.agent.template.print;

import io.purser.agent.template.value.Kind;
import io.purser.agent.template.value.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Go's Sprint and Sprintln; see {@link Printf} for Sprintf. */
public final class Printer {
    private Printer() {}

    /** All values, with a blank between two of which neither is text. */
    public static String sprint(List<? extends @Nullable Object> values) {
        StringBuilder out = new StringBuilder();
        ValuePrinter printer = new ValuePrinter(out);
        boolean previousIsText = true;
        for (Object value : values) {
            boolean isText = Values.kind(value) == Kind.STRING;
            if (!isText && !previousIsText) {
                out.append(' ');
            }
            print(printer, value);
            previousIsText = isText;
        }
        return out.toString();
    }

    /** All values with a blank between each two, and a newline. */
    public static String sprintln(List<? extends @Nullable Object> values) {
        StringBuilder out = new StringBuilder();
        ValuePrinter printer = new ValuePrinter(out);
        String separator = "";
        for (Object value : values) {
            out.append(separator);
            print(printer, value);
            separator = " ";
        }
        return out.append('\n').toString();
    }

    /** One value as {@code %v} prints it. */
    public static String text(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        print(new ValuePrinter(out), value);
        return out.toString();
    }

    private static void print(ValuePrinter printer, @Nullable Object value) {
        printer.print(value, 'v', new Flags());
    }
}
