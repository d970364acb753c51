package io.purser.agent.template.print;

import io.purser.agent.template.value.Bounds;
import io.purser.agent.template.value.GoList;
import io.purser.agent.template.value.GoMap;
import io.purser.agent.template.value.GoStruct;
import io.purser.agent.template.value.GoText;
import io.purser.agent.template.value.GoType;
import io.purser.agent.template.value.JsonNumber;
import io.purser.agent.template.value.Methods;
import io.purser.agent.template.value.Nil;
import io.purser.agent.template.value.Values;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints a value of any type under a verb: Go's fmt for one argument, containers to any depth. */
final class ValuePrinter {
    private final StringBuilder out;
    private final ScalarPrinter scalars;
    private boolean explaining;

    ValuePrinter(StringBuilder out) {
        this.out = out;
        this.scalars = new ScalarPrinter(out);
    }

    void print(@Nullable Object argument, int verb, Flags flags) {
        if (argument == null) {
            if (verb == 'v' || verb == 'T') {
                flags.pad(out, "<nil>");
            } else {
                badVerb(null, verb, flags);
            }
        } else if (verb == 'T') {
            flags.pad(out, flags.truncate(Values.typeName(argument)));
        } else {
            value(argument, verb, flags, 0);
        }
    }

    private void value(@Nullable Object value, int verb, Flags flags, int depth) {
        Bounds.checkDepth(depth);
        Bounds.checkText(out.length());
        if (value == null || value == Nil.INTERFACE) {
            out.append(flags.goSyntax ? "interface {}(nil)" : "<nil>");
            return;
        }
        if (!explaining && !flags.goSyntax && "vsxXq".indexOf(verb) >= 0) {
            String text = Stringers.text(value);
            if (text != null) {
                scalars.text(text, verb, flags);
                return;
            }
        }
        if (verb == 'w' || !printed(value, verb, flags, depth)) {
            badVerb(value, verb, flags);
        }
    }

    private boolean printed(Object value, int verb, Flags flags, int depth) {
        if (value instanceof GoMap map) {
            map(map, verb, flags, depth);
            return true;
        }
        if (value instanceof GoList list) {
            list(list, verb, flags, depth);
            return true;
        }
        if (value instanceof GoStruct struct) {
            return struct(struct, verb, flags, depth);
        }
        if (value instanceof Boolean bool) {
            return scalars.bool(bool, verb, flags);
        }
        if (value instanceof Double number) {
            return scalars.floating(number, verb, flags);
        }
        if (value instanceof String || value instanceof JsonNumber) {
            return scalars.text(Values.text(value), verb, flags);
        }
        if (Values.isInteger(value)) {
            return scalars.integer(Values.integer(value), Values.kind(value).isSigned(), verb, flags);
        }
        return opaque(value, verb);
    }

    /** Go prints addresses or private fields here; there is nothing to match. */
    private boolean opaque(Object value, int verb) {
        out.append(value instanceof Methods methods ? "{" + methods.goType() + "}" : "0xc000000000");
        return verb != 0;
    }

    private void map(GoMap map, int verb, Flags flags, int depth) {
        if (flags.goSyntax && map.isNil()) {
            out.append(map.type().goName()).append("(nil)");
            return;
        }
        out.append(flags.goSyntax ? map.type().goName() + "{" : "map[");
        String separator = "";
        for (Object key : map.sortedKeys()) {
            out.append(separator);
            value(key, verb, flags, depth + 1);
            out.append(':');
            value(map.get(key), verb, flags, depth + 1);
            separator = flags.goSyntax ? ", " : " ";
        }
        out.append(flags.goSyntax ? '}' : ']');
    }

    private void list(GoList list, int verb, Flags flags, int depth) {
        if (list.type() == GoType.BYTES && "sqxX".indexOf(verb) >= 0) {
            scalars.text(text(list), verb, flags);
            return;
        }
        if (flags.goSyntax && list.isNil()) {
            out.append(list.type().goName()).append("(nil)");
            return;
        }
        String typeName = list.type() == GoType.BYTES ? "[]byte" : list.type().goName();
        out.append(flags.goSyntax ? typeName + "{" : "[");
        String separator = "";
        for (Object item : list.items()) {
            out.append(separator);
            value(item, verb, flags, depth + 1);
            separator = flags.goSyntax ? ", " : " ";
        }
        out.append(flags.goSyntax ? '}' : ']');
    }

    private static String text(GoList bytes) {
        byte[] raw = new byte[bytes.size()];
        for (int i = 0; i < raw.length; i++) {
            raw[i] = (byte) Values.integer(bytes.items().get(i));
        }
        return GoText.of(raw);
    }

    private boolean struct(GoStruct struct, int verb, Flags flags, int depth) {
        Map<String, @Nullable Object> fields = struct.fields();
        if (fields == null) {
            if (verb == 'v') {
                out.append(flags.goSyntax ? "(*" + struct.type() + ")(nil)" : "<nil>");
            }
            return verb == 'v';
        }
        if (struct.pointer() && depth > 0) {
            out.append("0xc000000000");
            return true;
        }
        out.append(struct.pointer() ? "&" : "")
                .append(flags.goSyntax ? struct.type() : "")
                .append('{');
        String separator = "";
        for (Map.Entry<String, @Nullable Object> field : fields.entrySet()) {
            out.append(separator);
            out.append(flags.fieldNames || flags.goSyntax ? field.getKey() + ":" : "");
            value(field.getValue(), verb, flags, depth + 1);
            separator = flags.goSyntax ? ", " : " ";
        }
        out.append('}');
        return true;
    }

    private void badVerb(@Nullable Object value, int verb, Flags flags) {
        boolean before = explaining;
        explaining = true;
        out.append("%!").appendCodePoint(verb).append('(');
        if (value == null) {
            out.append("<nil>");
        } else {
            out.append(Values.typeName(value)).append('=');
            value(value, 'v', flags, 0);
        }
        out.append(')');
        explaining = before;
    }
}
