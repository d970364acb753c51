package io.purser.agent.run;

import com.bettercloud.vault.json.JsonObject;
import io.purser.agent.config.LogConfig;
import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** One line for each happening, as text or JSON. It is given names, paths and sentences, never a value. */
final class EventLog {

    private static final List<String> LEVELS = List.of("trace", "debug", "info", "warn", "error");

    /** What a value without quotes may not hold. */
    private static final Pattern SPECIAL = Pattern.compile("[\\x00- \"=\\x7f]");

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
        line.append(now)
                .append(' ')
                .append(level.toUpperCase(Locale.ROOT))
                .append(' ')
                .append(event);
        for (int i = 0; i + 1 < fields.length; i += 2) {
            line.append(' ').append(fields[i]).append('=').append(quoted(fields[i + 1]));
        }
        return line.toString();
    }

    private static String quoted(String value) {
        return !value.isEmpty() && !SPECIAL.matcher(value).find()
                ? value
                : "\"" + value.replace("\"", "'").replaceAll("\\R", " | ").replaceAll("\\p{Cntrl}", "?") + "\"";
    }

    private static String json(Instant now, String level, String event, String... fields) {
        JsonObject line =
                new JsonObject().add("time", now.toString()).add("level", level).add("event", event);
        for (int i = 0; i + 1 < fields.length; i += 2) {
            line.add(fields[i], fields[i + 1]);
        }
        return line.toString();
    }
}
