package io.purser.agent.template.function;

import io.purser.agent.template.print.FloatText;
import io.purser.agent.template.print.Printer;
import io.purser.agent.template.value.FunctionException;
import io.purser.agent.template.value.GoInt;
import io.purser.agent.template.value.GoList;
import io.purser.agent.template.value.GoType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sprig's arithmetic, which takes anything for a number, and its sequences. */
final class SprigNumberFunctions implements FunctionGroup {
    private static final int MAX_ITEMS = 1_000_000;
    private static final int DIVISION_DIGITS = 16;

    @Override
    public String signatures() {
        return """
                add(numbers ...any) int64
                add1(number any) int64
                add1f(number any) float64
                addf(numbers ...any) float64
                biggest(first any, more ...any) int64
                ceil(number any) float64
                div(left any, right any) int64
                divf(left any, right ...any) float64
                float64(value any) float64
                floor(number any) float64
                int(value any) int
                int64(value any) int64
                max(first any, more ...any) int64
                maxf(first any, more ...any) float64
                min(first any, more ...any) int64
                minf(first any, more ...any) float64
                mod(left any, right any) int64
                mul(first any, more ...any) int64
                mulf(first any, more ...any) float64
                randInt(from int, to int) int
                round(number any, digits int, roundOn ...float64) float64
                seq(bounds ...int) string
                sub(left any, right any) int64
                subf(first any, more ...any) float64
                toDecimal(octal any) int64
                until(count int) []int
                untilStep(start int, end int, step int) []int
                """;
    }

    @Override
    public @Nullable Object call(String name, Arguments a, Session session) {
        return switch (name) {
            case "add1f" -> decimal("addf", a.any(0), List.of(1L));
            case "addf" -> decimal(name, 0.0, a.all());
            case "subf", "mulf", "divf" -> decimal(name, a.any(0), a.from(1));
            case "ceil" -> Math.ceil(Casting.toDouble(a.any(0)));
            case "floor" -> Math.floor(Casting.toDouble(a.any(0)));
            case "round" -> round(a);
            case "float64" -> Casting.toDouble(a.any(0));
            case "maxf" -> a.all().stream().mapToDouble(Casting::toDouble).reduce(Double.NEGATIVE_INFINITY, Math::max);
            case "minf" -> a.all().stream().mapToDouble(Casting::toDouble).reduce(Double.POSITIVE_INFINITY, Math::min);
            case "int" -> Casting.toLong(a.any(0));
            case "randInt" -> random(a.integer(0), a.integer(1));
            case "seq" -> sequence(a);
            case "until" -> GoList.of(GoType.INTS, steps(0, a.integer(0), a.integer(0) < 0 ? -1 : 1));
            case "untilStep" -> GoList.of(GoType.INTS, steps(a.integer(0), a.integer(1), a.integer(2)));
            default -> GoInt.int64(integer(name, a));
        };
    }

    private static long integer(String name, Arguments a) {
        return switch (name) {
            case "add" -> a.all().stream().mapToLong(Casting::toLong).sum();
            case "add1" -> Casting.toLong(a.any(0)) + 1;
            case "sub" -> Casting.toLong(a.any(0)) - Casting.toLong(a.any(1));
            case "mul" -> a.all().stream().mapToLong(Casting::toLong).reduce(1, (x, y) -> x * y);
            case "div" -> Casting.toLong(a.any(0)) / divisor(a.any(1));
            case "mod" -> Casting.toLong(a.any(0)) % divisor(a.any(1));
            case "max", "biggest" -> a.all().stream().mapToLong(Casting::toLong).reduce(Long.MIN_VALUE, Math::max);
            case "min" -> a.all().stream().mapToLong(Casting::toLong).reduce(Long.MAX_VALUE, Math::min);
            case "int64" -> Casting.toLong(a.any(0));
            case "toDecimal" -> octal(Printer.text(a.any(0)));
            default -> throw new FunctionException("it cannot be called this way");
        };
    }

    private static long divisor(@Nullable Object value) {
        long divisor = Casting.toLong(value);
        if (divisor == 0) {
            throw new FunctionException("division by zero");
        }
        return divisor;
    }

    private static long octal(String text) {
        if (!text.matches("[+-]?[0-7]+")) {
            return 0;
        }
        BigInteger value = new BigInteger(text, 8);
        return value.bitLength() > 63 ? 0 : value.longValue();
    }

    private static double decimal(String name, @Nullable Object first, List<? extends @Nullable Object> more) {
        BigDecimal result = exact(first);
        for (Object next : more) {
            BigDecimal operand = exact(next);
            result = switch (name) {
                case "addf" -> result.add(operand);
                case "subf" -> result.subtract(operand);
                case "mulf" -> result.multiply(operand);
                default -> divide(result, operand);
            };
            if (result.precision() > 10_000) {
                throw new FunctionException("the numbers are too far apart");
            }
        }
        return result.doubleValue();
    }

    private static BigDecimal divide(BigDecimal left, BigDecimal right) {
        if (right.signum() == 0) {
            throw new FunctionException("division by zero");
        }
        return left.divide(right, DIVISION_DIGITS, RoundingMode.HALF_UP);
    }

    private static BigDecimal exact(@Nullable Object value) {
        double number = Casting.toDouble(value);
        if (!Double.isFinite(number)) {
            throw new FunctionException("infinity and NaN are no decimal numbers");
        }
        return new BigDecimal(FloatText.shortest(number));
    }

    private static double round(Arguments a) {
        double roundOn = a.size() > 2 ? a.floating(2) : 0.5;
        double power = Math.pow(10, (double) a.integer(1));
        double digit = power * Casting.toDouble(a.any(0));
        double rest = digit - (digit < 0 ? Math.ceil(digit) : Math.floor(digit));
        return (rest >= roundOn ? Math.ceil(digit) : Math.floor(digit)) / power;
    }

    private static long random(long from, long to) {
        if (to <= from || to - from < 0) {
            throw new FunctionException("the range is empty");
        }
        return from + new SecureRandom().longs(1, 0, to - from).findFirst().orElseThrow();
    }

    private static List<Long> steps(long start, long end, long step) {
        List<Long> steps = new ArrayList<>();
        boolean down = end < start;
        if (step == 0 || down == (step > 0)) {
            return steps;
        }
        for (long i = start; down ? i > end : i < end; i += step) {
            steps.add(i);
            if (steps.size() > MAX_ITEMS) {
                throw new FunctionException("the sequence has more than " + MAX_ITEMS + " items");
            }
        }
        return steps;
    }

    private static String sequence(Arguments a) {
        if (a.size() == 0 || a.size() > 3) {
            return "";
        }
        long start = a.size() == 1 ? 1 : a.integer(0);
        long end = a.integer(a.size() - 1);
        long direction = end < start ? -1 : 1;
        long step = a.size() == 3 ? a.integer(1) : direction;
        if (a.size() == 3 && end < start && step > 0) {
            return "";
        }
        return steps(start, end + direction, step).stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
}
