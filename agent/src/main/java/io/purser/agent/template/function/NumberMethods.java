package io.purser.agent.template.function;

import io.purser.agent.template.print.Stringers;
import io.purser.agent.template.value.FunctionException;
import io.purser.agent.template.value.GoFloat;
import io.purser.agent.template.value.GoInt;
import io.purser.agent.template.value.JsonNumber;
import io.purser.agent.template.value.Methods;
import io.purser.agent.template.value.Values;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The methods of numbers: of a secret's number, a duration, a month, a weekday.
 *
 * @param receiver the number
 */
public record NumberMethods(Object receiver) implements Methods {

    /** The methods of that number, or null if its type has none. */
    public static @Nullable Methods of(Object number) {
        boolean has = number instanceof JsonNumber
                || (number instanceof GoInt i && i.type().startsWith("time."));
        return has ? new NumberMethods(number) : null;
    }

    @Override
    public @Nullable String signature(String method) {
        boolean duration = goType().equals("time.Duration");
        boolean known =
                switch (method) {
                    case "String" -> true;
                    case "Int64", "Float64" -> receiver instanceof JsonNumber;
                    case "Hours", "Minutes", "Seconds", "Milliseconds", "Microseconds", "Nanoseconds", "Abs" ->
                        duration;
                    default -> false;
                };
        if (duration && (method.equals("Round") || method.equals("Truncate"))) {
            return method + "(unit duration) any";
        }
        return known ? method + "() any" : null;
    }

    @Override
    public @Nullable Object invoke(String method, List<@Nullable Object> arguments) {
        long n = Values.integer(receiver);
        return switch (method) {
            case "Int64" -> int64();
            case "Float64" -> float64();
            case "Hours" -> inUnits(n, 3_600_000_000_000L);
            case "Minutes" -> inUnits(n, 60_000_000_000L);
            case "Seconds" -> inUnits(n, 1_000_000_000L);
            case "Milliseconds" -> GoInt.int64(n / 1_000_000);
            case "Microseconds" -> GoInt.int64(n / 1_000);
            case "Nanoseconds" -> GoInt.int64(n);
            case "Abs" -> GoInt.duration(Math.abs(n));
            case "Round" -> round(n, Values.integer(arguments.get(0)));
            case "Truncate" -> GoInt.duration(n - n % Math.max(1, Values.integer(arguments.get(0))));
            default -> Stringers.text(receiver);
        };
    }

    /** Whole units and the fraction apart, as Go adds them, for the same rounding. */
    private static double inUnits(long n, long unit) {
        long whole = n / unit;
        return whole + n % unit / (double) unit;
    }

    private static GoInt round(long n, long unit) {
        if (unit <= 0) {
            return GoInt.duration(n);
        }
        long rest = Math.abs(n % unit);
        long down = n - n % unit;
        return GoInt.duration(rest + rest < unit ? down : n < 0 ? down - unit : down + unit);
    }

    private GoInt int64() {
        String text = Values.text(receiver);
        if (!text.matches("[+-]?[0-9]+") || new BigInteger(text).bitLength() > 63) {
            throw new FunctionException("the number is not whole, or out of range");
        }
        return GoInt.int64(new BigInteger(text).longValue());
    }

    private Double float64() {
        Double number = GoFloat.parse(Values.text(receiver));
        if (number == null || number.isInfinite()) {
            throw new FunctionException("the number is out of range");
        }
        return number;
    }

    @Override
    public String goType() {
        return Values.typeName(receiver);
    }
}
