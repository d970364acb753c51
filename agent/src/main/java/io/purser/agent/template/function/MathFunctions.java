package io.purser.agent.template.function;

import io.purser.agent.template.value.FunctionException;
import io.purser.agent.template.value.GoInt;
import io.purser.agent.template.value.Values;
import org.jspecify.annotations.Nullable;

/** The agent's arithmetic. The second argument, which is the piped one, is the left operand. */
final class MathFunctions implements FunctionGroup {
    @Override
    public String signatures() {
        return """
                add(right any, left any) any
                divide(right any, left any) any
                maximum(right any, left any) any
                minimum(right any, left any) any
                modulo(right any, left any) any
                multiply(right any, left any) any
                subtract(right any, left any) any
                """;
    }

    @Override
    public @Nullable Object call(String name, Arguments a, Session session) {
        Object left = number(a.any(1));
        Object right = number(a.any(0));
        if (name.equals("minimum") || name.equals("maximum")) {
            return extreme(name.equals("maximum"), left, right);
        }
        if (left instanceof Double || right instanceof Double) {
            return floating(name, Values.floating(left), Values.floating(right));
        }
        boolean unsigned = Values.kind(left).isUnsigned() && Values.kind(right).isUnsigned();
        long result = integer(name, Values.integer(left), Values.integer(right), unsigned);
        return unsigned ? GoInt.uint64(result) : GoInt.int64(result);
    }

    private static Object number(@Nullable Object value) {
        if (value == null || (!(value instanceof Double) && !Values.isInteger(value))) {
            throw new FunctionException("a " + Values.typeName(value) + " is no number, convert it first");
        }
        return value;
    }

    private static Double floating(String name, double left, double right) {
        return switch (name) {
            case "add" -> left + right;
            case "subtract" -> left - right;
            case "multiply" -> left * right;
            case "divide" -> left / right;
            default -> throw new FunctionException("a float64 has no remainder");
        };
    }

    private static long integer(String name, long left, long right, boolean unsigned) {
        if (right == 0 && (name.equals("divide") || name.equals("modulo"))) {
            throw new FunctionException("division by zero");
        }
        return switch (name) {
            case "add" -> left + right;
            case "subtract" -> left - right;
            case "multiply" -> left * right;
            case "divide" -> unsigned ? Long.divideUnsigned(left, right) : left / right;
            default -> unsigned ? Long.remainderUnsigned(left, right) : left % right;
        };
    }

    /** The smaller or larger one, with the type it has, an int becoming an int64. */
    private static Object extreme(boolean largest, Object left, Object right) {
        int order = compare(left, right);
        boolean takeLeft = largest ? order > 0 : order < 0;
        return widened(takeLeft ? left : right);
    }

    private static int compare(Object left, Object right) {
        if (left instanceof Double || right instanceof Double) {
            double a = Values.floating(left);
            double b = Values.floating(right);
            return a < b ? -1 : a > b ? 1 : 0;
        }
        boolean unsigned = Values.kind(left).isUnsigned() && Values.kind(right).isUnsigned();
        return unsigned
                ? Long.compareUnsigned(Values.integer(left), Values.integer(right))
                : Long.compare(Values.integer(left), Values.integer(right));
    }

    private static Object widened(Object number) {
        if (number instanceof Double) {
            return number;
        }
        return Values.kind(number).isUnsigned()
                ? GoInt.uint64(Values.integer(number))
                : GoInt.int64(Values.integer(number));
    }
}
