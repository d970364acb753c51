package io.purser.agent.template.eval;

import io.purser.agent.template.parse.Node;
import io.purser.agent.template.parse.NumberLiteral;
import io.purser.agent.template.value.GoInt;
import io.purser.agent.template.value.GoList;
import io.purser.agent.template.value.GoMap;
import io.purser.agent.template.value.GoType;
import io.purser.agent.template.value.Kind;
import io.purser.agent.template.value.Nil;
import io.purser.agent.template.value.Values;
import org.jspecify.annotations.Nullable;

/** Fits arguments to parameters. Go converts constants only; a value must have the type already. */
final class Conversion {
    private Conversion() {}

    static @Nullable Object literal(Evaluation evaluation, Node node, GoType type, Pipelines pipelines) {
        if (type == GoType.ANY || type == GoType.VALUE) {
            return pipelines.operand(node, null);
        }
        Object converted = null;
        if (type == GoType.STRING && node instanceof Node.Quoted quoted) {
            converted = quoted.value();
        } else if (type == GoType.BOOL && node instanceof Node.Bool bool) {
            converted = bool.value();
        } else if (node instanceof Node.Numeral number) {
            converted = number(number.literal(), type);
        }
        if (converted == null) {
            throw evaluation.error(node.offset(), "a " + type.goName() + " was expected here");
        }
        return converted;
    }

    private static @Nullable Object number(NumberLiteral literal, GoType type) {
        if (type.kind().isSigned() && literal.signed() != null) {
            return type == GoType.INT ? literal.signed() : new GoInt(type.kind(), type.goName(), literal.signed());
        }
        if (type.kind().isUnsigned() && literal.unsigned() != null) {
            return new GoInt(type.kind(), literal.unsigned());
        }
        return type == GoType.FLOAT64 ? literal.floating() : null;
    }

    static @Nullable Object value(Evaluation evaluation, int offset, @Nullable Object value, GoType type) {
        if (type == GoType.ANY) {
            return Nil.unwrap(value);
        }
        if (type == GoType.VALUE) {
            return value;
        }
        if (value == null) {
            if (type.canBeNil()) {
                return type.zero();
            }
            throw evaluation.error(offset, "there is no value here, a " + type.goName() + " was expected");
        }
        if (!fits(value, type)) {
            throw evaluation.error(offset, "a " + type.goName() + " was expected, this is a " + Values.typeName(value));
        }
        return value;
    }

    private static boolean fits(Object value, GoType type) {
        if (value instanceof GoList list) {
            return list.type() == type;
        }
        if (value instanceof GoMap map) {
            return map.type() == type;
        }
        return Values.kind(value) != Kind.INTERFACE && Values.typeName(value).equals(type.goName());
    }
}
