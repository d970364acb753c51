package io.purser.agent.template.function;

import io.purser.agent.template.print.Printer;
import io.purser.agent.template.print.Printf;
import io.purser.agent.template.value.FunctionException;
import io.purser.agent.template.value.GoList;
import io.purser.agent.template.value.GoMap;
import io.purser.agent.template.value.GoStruct;
import io.purser.agent.template.value.GoText;
import io.purser.agent.template.value.Kind;
import io.purser.agent.template.value.Nil;
import io.purser.agent.template.value.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The functions that Go's text/template has of its own. */
final class GoFunctions implements FunctionGroup {
    @Override
    public String signatures() {
        return """
                and(first value, more ...value) value
                call(function value, arguments ...value) value
                eq(left value, right ...value) bool
                ge(left value, right value) bool
                gt(left value, right value) bool
                html(values ...any) string
                index(item value, indexes ...value) value
                js(values ...any) string
                le(left value, right value) bool
                len(item value) int
                lt(left value, right value) bool
                ne(left value, right value) bool
                not(value value) bool
                or(first value, more ...value) value
                print(values ...any) string
                printf(format string, values ...any) string
                println(values ...any) string
                slice(item value, indexes ...value) value
                urlquery(values ...any) string
                """;
    }

    @Override
    public @Nullable Object call(String name, Arguments a, Session session) {
        return switch (name) {
            case "call" ->
                throw new FunctionException(
                        Nil.unwrap(a.any(0)) == null ? "nil is no function" : "only functions can be called");
            case "eq" -> Comparison.equalsAny(a.any(0), a.from(1));
            case "ne" -> !Comparison.equalsAny(a.any(0), a.from(1));
            case "lt" -> Comparison.less(a.any(0), a.any(1));
            case "le" -> lessOrEqual(a);
            case "gt" -> !lessOrEqual(a);
            case "ge" -> !Comparison.less(a.any(0), a.any(1));
            case "html" -> Escapes.html(joined(a));
            case "js" -> Escapes.js(joined(a));
            case "urlquery" -> Escapes.urlQuery(joined(a));
            case "index" -> index(a.any(0), a.from(1));
            case "slice" -> slice(Nil.unwrap(a.any(0)), a.from(1));
            case "len" -> length(a.any(0));
            case "not" -> !Values.isTrue(a.any(0));
            case "print" -> Printer.sprint(a.all());
            case "printf" -> Printf.sprintf(a.text(0), a.from(1));
            case "println" -> Printer.sprintln(a.all());
            default -> throw new FunctionException("it cannot be called this way");
        };
    }

    private static boolean lessOrEqual(Arguments a) {
        return Comparison.less(a.any(0), a.any(1)) || Comparison.equalsAny(a.any(0), a.from(1));
    }

    /** The arguments as an action would print them, with a blank between two of which neither is text. */
    private static String joined(Arguments a) {
        if (a.size() == 1 && a.any(0) instanceof String text) {
            return text;
        }
        List<Object> printed = new ArrayList<>(a.size());
        for (Object value : a.all()) {
            printed.add(printable(value));
        }
        return Printer.sprint(printed);
    }

    private static Object printable(@Nullable Object value) {
        if (value == null) {
            return "<no value>";
        }
        return value instanceof GoStruct struct && struct.pointer() && !struct.isNil()
                ? GoStruct.of(struct.type(), java.util.Objects.requireNonNull(struct.fields()))
                : value;
    }

    private static long length(@Nullable Object value) {
        if ((value instanceof GoStruct struct && struct.isNil()) || value == Nil.INTERFACE) {
            throw new FunctionException("nil has no length");
        }
        return switch (Values.kind(value)) {
            case STRING -> GoText.length(Values.text(value));
            case SLICE -> ((GoList) java.util.Objects.requireNonNull(value)).size();
            case MAP -> ((GoMap) java.util.Objects.requireNonNull(value)).size();
            case CHANNEL -> 0;
            default ->
                throw new FunctionException(
                        value == null ? "no value has no length" : "a " + Values.typeName(value) + " has no length");
        };
    }

    private static Object index(@Nullable Object start, List<@Nullable Object> indexes) {
        Object item = Nil.unwrap(start);
        if (item == null) {
            throw new FunctionException("nothing can be taken out of nil");
        }
        for (Object index : indexes) {
            item = element(item, Nil.unwrap(index));
        }
        return item;
    }

    private static Object element(Object item, @Nullable Object index) {
        if (item == Nil.INTERFACE || (item instanceof GoStruct struct && struct.isNil())) {
            throw new FunctionException("nothing can be taken out of nil");
        }
        if (item instanceof GoMap map) {
            return mapElement(map, index);
        }
        if (item instanceof GoList list) {
            return list.get(checkedIndex(index, list.size() - 1));
        }
        if (Values.kind(item) == Kind.STRING) {
            byte[] bytes = GoText.bytes(Values.text(item));
            return new io.purser.agent.template.value.GoInt(
                    Kind.UINT8, bytes[checkedIndex(index, bytes.length - 1)] & 0xff);
        }
        throw new FunctionException("nothing can be taken out of a " + Values.typeName(item));
    }

    private static Object mapElement(GoMap map, @Nullable Object key) {
        if (!map.hasTextKeys()) {
            return map.element(key == null ? Nil.INTERFACE : key);
        }
        if (!(key instanceof String)) {
            throw new FunctionException("the key is no string but a " + Values.typeName(key));
        }
        return map.element(key);
    }

    private static int checkedIndex(@Nullable Object index, int last) {
        if (!Values.isInteger(index)) {
            throw new FunctionException("an index must be an integer, not a " + Values.typeName(index));
        }
        long number = Values.integer(index);
        if (number < 0 || number > last) {
            throw new FunctionException("index out of range: " + number);
        }
        return (int) number;
    }

    private static Object slice(@Nullable Object item, List<@Nullable Object> indexes) {
        if (item == null || (item instanceof GoStruct struct && struct.isNil())) {
            throw new FunctionException("nil cannot be sliced");
        }
        if (indexes.size() > 3) {
            throw new FunctionException("too many indexes: " + indexes.size());
        }
        boolean text = Values.kind(item) == Kind.STRING;
        if (!text && !(item instanceof GoList)) {
            throw new FunctionException("a " + Values.typeName(item) + " cannot be sliced");
        }
        if (text && indexes.size() == 3) {
            throw new FunctionException("a string cannot be sliced with three indexes");
        }
        int length = text ? GoText.length(Values.text(item)) : ((GoList) item).size();
        int[] bounds = {0, length, length};
        for (int i = 0; i < indexes.size(); i++) {
            bounds[i] = checkedIndex(Nil.unwrap(indexes.get(i)), length);
        }
        if (bounds[0] > bounds[1] || bounds[1] > bounds[2]) {
            throw new FunctionException("the indexes are in the wrong order");
        }
        return text
                ? GoText.slice(Values.text(item), bounds[0], bounds[1])
                : ((GoList) item).slice(bounds[0], bounds[1]);
    }
}
