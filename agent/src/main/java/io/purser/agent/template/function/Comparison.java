package io.purser.agent.template.function;

import io.purser.agent.template.value.FunctionException;
import io.purser.agent.template.value.GoList;
import io.purser.agent.template.value.GoMap;
import io.purser.agent.template.value.GoStruct;
import io.purser.agent.template.value.GoText;
import io.purser.agent.template.value.Kind;
import io.purser.agent.template.value.Nil;
import io.purser.agent.template.value.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Go's comparisons in templates: numbers of one kind, text, truth values; anything else mostly fails. */
final class Comparison {
    private enum Basic {
        NONE,
        BOOL,
        SIGNED,
        UNSIGNED,
        FLOAT,
        TEXT
    }

    private Comparison() {}

    private static Basic basic(@Nullable Object value) {
        Kind kind = Values.kind(value);
        if (kind.isSigned()) {
            return Basic.SIGNED;
        }
        if (kind.isUnsigned()) {
            return Basic.UNSIGNED;
        }
        return switch (kind) {
            case BOOL -> Basic.BOOL;
            case FLOAT64 -> Basic.FLOAT;
            case STRING -> Basic.TEXT;
            default -> Basic.NONE;
        };
    }

    /** Whether the left value equals one of the right ones. */
    static boolean equalsAny(@Nullable Object leftValue, List<@Nullable Object> rights) {
        Object left = Nil.unwrap(leftValue);
        if (rights.isEmpty()) {
            throw new FunctionException("there is nothing to compare with");
        }
        for (Object right : rights) {
            if (equal(left, Nil.unwrap(right))) {
                return true;
            }
        }
        return false;
    }

    private static boolean equal(@Nullable Object left, @Nullable Object right) {
        Basic leftBasic = basic(left);
        Basic rightBasic = basic(right);
        if (leftBasic != rightBasic) {
            if (isIntegers(leftBasic, rightBasic)) {
                long a = Values.integer(left);
                return a >= 0 && a == Values.integer(right);
            }
            if (left != null && right != null) {
                throw incompatible(left, right);
            }
            return false;
        }
        return switch (leftBasic) {
            case BOOL -> left != null && left.equals(right);
            case SIGNED, UNSIGNED -> Values.integer(left) == Values.integer(right);
            case FLOAT -> Values.floating(left) == Values.floating(right);
            case TEXT -> Values.text(left).equals(Values.text(right));
            default -> equalOthers(left, right);
        };
    }

    private static boolean equalOthers(@Nullable Object left, @Nullable Object right) {
        boolean sameKind = Values.kind(left) == Values.kind(right);
        if (!sameKind && left != null && right != null) {
            throw incompatible(left, right);
        }
        if (Values.isNil(left) || Values.isNil(right)) {
            return Values.isNil(left) == Values.isNil(right);
        }
        boolean struct = right instanceof GoStruct value && !value.pointer();
        if (right instanceof GoMap || right instanceof GoList || struct) {
            throw new FunctionException("a " + Values.typeName(right) + " cannot be compared");
        }
        return left != null && (left == right || (!(left instanceof GoStruct) && left.equals(right)));
    }

    /** Whether left is less than right. */
    static boolean less(@Nullable Object leftValue, @Nullable Object rightValue) {
        Object left = Nil.unwrap(leftValue);
        Object right = Nil.unwrap(rightValue);
        Basic leftBasic = comparable(left);
        Basic rightBasic = comparable(right);
        if (leftBasic != rightBasic) {
            if (!isIntegers(leftBasic, rightBasic)) {
                throw incompatible(left, right);
            }
            long a = Values.integer(left);
            long b = Values.integer(right);
            return leftBasic == Basic.SIGNED
                    ? a < 0 || Long.compareUnsigned(a, b) < 0
                    : b >= 0 && Long.compareUnsigned(a, b) < 0;
        }
        return switch (leftBasic) {
            case SIGNED -> Values.integer(left) < Values.integer(right);
            case UNSIGNED -> Long.compareUnsigned(Values.integer(left), Values.integer(right)) < 0;
            case FLOAT -> Values.floating(left) < Values.floating(right);
            case TEXT -> GoText.compare(Values.text(left), Values.text(right)) < 0;
            default -> throw new FunctionException("truth values have no order");
        };
    }

    private static Basic comparable(@Nullable Object value) {
        Basic basic = basic(value);
        if (basic == Basic.NONE) {
            throw new FunctionException("a " + Values.typeName(value) + " has no order");
        }
        return basic;
    }

    private static boolean isIntegers(Basic left, Basic right) {
        return (left == Basic.SIGNED || left == Basic.UNSIGNED) && (right == Basic.SIGNED || right == Basic.UNSIGNED);
    }

    private static FunctionException incompatible(@Nullable Object left, @Nullable Object right) {
        return new FunctionException(
                "a " + Values.typeName(left) + " cannot be compared with a " + Values.typeName(right));
    }
}
