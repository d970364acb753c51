package io.purser.agent.template.function;

import io.purser.agent.template.print.Stringers;
import io.purser.agent.template.value.FunctionException;
import io.purser.agent.template.value.GoInt;
import io.purser.agent.template.value.Values;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sprig's dates and durations; local time is UTC in a container. */
final class SprigTimeFunctions implements FunctionGroup {
    private static final String DATE = "2006-01-02";

    @Override
    public String signatures() {
        return """
                ago(time any) string
                date(layout string, time any) string
                dateInZone(layout string, time any, zone string) string
                dateModify(duration string, time time) time
                date_in_zone(layout string, time any, zone string) string
                date_modify(duration string, time time) time
                duration(seconds any) string
                durationRound(duration any) string
                htmlDate(time any) string
                htmlDateInZone(time any, zone string) string
                mustDateModify(duration string, time time) time
                mustToDate(layout string, text string) time
                must_date_modify(duration string, time time) time
                now() time
                toDate(layout string, text string) time
                unixEpoch(time time) string
                """;
    }

    @Override
    public @Nullable Object call(String name, Arguments a, Session session) {
        Instant now = session.context().now();
        return switch (name) {
            case "ago" -> ago(a.any(0), now);
            case "date" -> dateInZone(a.text(0), a.any(1), "UTC", now);
            case "dateInZone", "date_in_zone" -> dateInZone(a.text(0), a.any(1), a.text(2), now);
            case "htmlDate" -> dateInZone(DATE, a.any(0), "UTC", now);
            case "htmlDateInZone" -> dateInZone(DATE, a.any(0), a.text(1), now);
            case "dateModify", "date_modify" -> modify(a, false);
            case "mustDateModify", "must_date_modify" -> modify(a, true);
            case "duration" -> duration(a.any(0));
            case "durationRound" -> Durations.round(rounded(a.any(0), now));
            case "now" -> GoTime.utc(now);
            case "toDate" -> Objects.requireNonNullElseGet(TimeParser.parse(a.text(0), a.text(1)), GoTime::zero);
            case "mustToDate" -> required(TimeParser.parse(a.text(0), a.text(1)));
            case "unixEpoch" -> String.valueOf(time(a.any(0)).value().toEpochSecond());
            default -> throw new FunctionException("it cannot be called this way");
        };
    }

    private static GoTime time(@Nullable Object value) {
        return (GoTime) Objects.requireNonNull(value);
    }

    private static GoTime required(@Nullable GoTime time) {
        if (time == null) {
            throw new FunctionException("the text does not have that layout");
        }
        return time;
    }

    /** A time, or seconds since 1970; anything else is now. */
    private static GoTime timeOf(@Nullable Object value, Instant now) {
        if (value instanceof GoTime time) {
            return time;
        }
        boolean seconds = value instanceof Long
                || (value instanceof GoInt n
                        && (n.type().equals("int64") || n.type().equals("int32")));
        try {
            return GoTime.utc(seconds ? Instant.ofEpochSecond(Values.integer(value)) : now);
        } catch (DateTimeException e) {
            throw new FunctionException("the time is out of range");
        }
    }

    private static String dateInZone(String layout, @Nullable Object value, String zone, Instant now) {
        return new GoTime(timeOf(value, now).value().withZoneSameInstant(zone(zone))).format(layout);
    }

    private static ZoneId zone(String name) {
        if (name.isEmpty() || name.equals("UTC") || name.equals("Local")) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            return ZoneOffset.UTC;
        }
    }

    private static String ago(@Nullable Object value, Instant now) {
        Duration passed = Duration.between(timeOf(value, now).value().toInstant(), now);
        return Stringers.duration(passed.plusMillis(500).toSeconds() * 1_000_000_000L);
    }

    private static GoTime modify(Arguments a, boolean strict) {
        Long nanoseconds = Durations.parse(a.text(0));
        if (nanoseconds == null && strict) {
            throw new FunctionException("the text is no duration, write for example 1h30m");
        }
        return nanoseconds == null
                ? time(a.any(1))
                : new GoTime(time(a.any(1)).value().plusNanos(nanoseconds));
    }

    private static String duration(@Nullable Object value) {
        long seconds = 0;
        if (value instanceof String text && text.matches("[+-]?[0-9]{1,10}")) {
            seconds = Long.parseLong(text);
        } else if (value instanceof GoInt n && n.type().equals("int64")) {
            seconds = n.value();
        }
        return Stringers.duration(seconds * 1_000_000_000L);
    }

    private static long rounded(@Nullable Object value, Instant now) {
        if (value instanceof String text) {
            return Objects.requireNonNullElse(Durations.parse(text), 0L);
        }
        if (value instanceof GoTime time) {
            return Duration.between(time.value().toInstant(), now).toNanos();
        }
        return value instanceof GoInt n && n.type().equals("int64") ? n.value() : 0;
    }
}
