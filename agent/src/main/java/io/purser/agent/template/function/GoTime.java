package io.purser.agent.template.function;

import io.purser.agent.template.value.GoInt;
import io.purser.agent.template.value.Kind;
import io.purser.agent.template.value.Methods;
import io.purser.agent.template.value.Values;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Go's time.Time with the methods that templates call.
 *
 * @param value the time in its zone
 */
public record GoTime(ZonedDateTime value) implements Methods {

    static GoTime utc(Instant instant) {
        return new GoTime(instant.atZone(ZoneOffset.UTC));
    }

    /** Go's zero time. */
    static GoTime zero() {
        return new GoTime(ZonedDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC));
    }

    String format(String layout) {
        return TimeLayout.format(value, layout);
    }

    @Override
    public @Nullable String signature(String method) {
        return switch (method) {
            case "Year",
                    "Day",
                    "Hour",
                    "Minute",
                    "Second",
                    "Nanosecond",
                    "YearDay",
                    "Month",
                    "Weekday",
                    "Unix",
                    "UnixMilli",
                    "UnixMicro",
                    "UnixNano",
                    "UTC",
                    "Local",
                    "String",
                    "IsZero" -> method + "() any";
            case "Format" -> "Format(layout string) string";
            case "AddDate" -> "AddDate(years int, months int, days int) time";
            case "Add", "Truncate", "Round" -> method + "(duration duration) time";
            case "Sub" -> "Sub(other time) any";
            case "After", "Before", "Equal", "Compare" -> method + "(other time) any";
            default -> null;
        };
    }

    @Override
    public @Nullable Object invoke(String method, List<@Nullable Object> a) {
        return switch (method) {
            case "Year" -> (long) value.getYear();
            case "Month" -> new GoInt(Kind.INT, "time.Month", value.getMonthValue());
            case "Day" -> (long) value.getDayOfMonth();
            case "Weekday" ->
                new GoInt(Kind.INT, "time.Weekday", value.getDayOfWeek().getValue() % 7);
            case "YearDay" -> (long) value.getDayOfYear();
            case "Hour" -> (long) value.getHour();
            case "Minute" -> (long) value.getMinute();
            case "Second" -> (long) value.getSecond();
            case "Nanosecond" -> (long) value.getNano();
            case "Unix" -> GoInt.int64(value.toEpochSecond());
            case "UnixMilli" -> GoInt.int64(value.toInstant().toEpochMilli());
            case "UnixMicro" -> GoInt.int64(nanoseconds() / 1000);
            case "UnixNano" -> GoInt.int64(nanoseconds());
            case "UTC", "Local" -> new GoTime(value.withZoneSameInstant(ZoneOffset.UTC));
            case "String" -> string();
            case "IsZero" -> value.toInstant().equals(zero().value.toInstant());
            case "Format" -> format(String.valueOf(a.get(0)));
            case "AddDate" -> addDate(number(a, 0), number(a, 1), number(a, 2));
            case "Add" -> new GoTime(value.plusNanos(number(a, 0)));
            case "Sub" -> GoInt.duration(between(other(a)));
            case "After" -> value.toInstant().isAfter(other(a).toInstant());
            case "Before" -> value.toInstant().isBefore(other(a).toInstant());
            case "Equal" -> value.toInstant().equals(other(a).toInstant());
            case "Compare" -> (long) Integer.signum(value.toInstant().compareTo(other(a).toInstant()));
            default -> rounded(number(a, 0), method.equals("Round"));
        };
    }

    private static long number(List<@Nullable Object> arguments, int index) {
        return Values.integer(arguments.get(index));
    }

    private static ZonedDateTime other(List<@Nullable Object> arguments) {
        return ((GoTime) Objects.requireNonNull(arguments.get(0))).value;
    }

    private long nanoseconds() {
        return value.toEpochSecond() * 1_000_000_000L + value.getNano();
    }

    private long between(ZonedDateTime other) {
        Duration difference = Duration.between(other, value);
        try {
            return difference.toNanos();
        } catch (ArithmeticException e) {
            return difference.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    /** Go lets a day that a month lacks run into the next month. */
    private GoTime addDate(long years, long months, long days) {
        ZonedDateTime first = value.withDayOfMonth(1).plusYears(years).plusMonths(months);
        return new GoTime(first.plusDays(value.getDayOfMonth() - 1L + days));
    }

    private GoTime rounded(long unit, boolean half) {
        if (unit <= 0) {
            return this;
        }
        BigInteger sinceZero = BigInteger.valueOf(ChronoUnit.SECONDS.between(zero().value, value))
                .multiply(BigInteger.valueOf(1_000_000_000L))
                .add(BigInteger.valueOf(value.getNano()));
        long rest = sinceZero.mod(BigInteger.valueOf(unit)).longValue();
        boolean up = half && rest + rest >= unit;
        return new GoTime(value.minusNanos(rest).plusNanos(up ? unit : 0));
    }

    @Override
    public String goType() {
        return "time.Time";
    }

    @Override
    public String string() {
        return format("2006-01-02 15:04:05.999999999 -0700 MST");
    }

    @Override
    public String marshalled() {
        return format(TimeLayout.RFC3339_NANO);
    }
}
