package io.purser.agent.run;

import com.bettercloud.vault.json.JsonObject;
import io.purser.agent.config.LogConfig;
import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** One line for each happening, as text or JSON. It is given names, paths and sentences, never a value. */
final class EventLog {

    private static final List<String> LEVELS = List.of("trace", "debug", "info", "warn", "error");

    /** How {@link LocalDateTime#toString} leaves seconds out that are 0. */
    private static final String NO_SECONDS = "2026-01-01T00:00";

    private final LogConfig config;
    private final PrintStream out;
    private final InstantSource clock;

    EventLog(LogConfig config, PrintStream out, InstantSource clock) {
        this.config = config;
        this.out = out;
        this.clock = clock;
    }

    void debug(String event, String... fields) {
        write("debug", event, fields);
    }

    void info(String event, String... fields) {
        write("info", event, fields);
    }

    void warn(String event, String... fields) {
        write("warn", event, fields);
    }

    void error(String event, String... fields) {
        write("error", event, fields);
    }

    private void write(String level, String event, String... fields) {
        if (LEVELS.indexOf(level) < LEVELS.indexOf(config.level())) {
            return;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        out.println(config.format().equals("json") ? json(now, level, event, fields) : text(now, level, event, fields));
        out.flush();
    }

    private static String text(Instant now, String level, String event, String... fields) {
        StringBuilder line = new StringBuilder();
        line.append(time(now))
                .append(' ')
                .append(level.toUpperCase(Locale.ROOT))
                .append(' ')
                .append(event);
        for (int i = 0; i + 1 < fields.length; i += 2) {
            line.append(' ').append(fields[i]).append('=').append(quoted(fields[i + 1]));
        }
        return line.toString();
    }

    /** As {@link Instant#toString}, without the formatter behind it: 40 classes, which nothing else in the pod needs. */
    static String time(Instant moment) {
        String time = LocalDateTime.ofEpochSecond(moment.getEpochSecond(), moment.getNano(), ZoneOffset.UTC)
                .toString();
        return time + (time.length() == NO_SECONDS.length() ? ":00Z" : "Z");
    }

    private static String quoted(String value) {
        return isPlain(value)
                ? value
                : "\"" + value.replace("\"", "'").replaceAll("\\R", " | ").replaceAll("\\p{Cntrl}", "?") + "\"";
    }

    /** Whether it needs no quotes. */
    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c <= ' ' || c == '"' || c == '=' || c == 0x7f) {
                return false;
            }
        }
        return !value.isEmpty();
    }

    private static String json(Instant now, String level, String event, String... fields) {
        JsonObject line =
                new JsonObject().add("time", time(now)).add("level", level).add("event", event);
        for (int i = 0; i + 1 < fields.length; i += 2) {
            line.add(fields[i], fields[i + 1]);
        }
        return line.toString();
    }
}
