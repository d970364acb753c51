package io.purser.agent.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.bettercloud.vault.json.Json;
import io.purser.agent.config.LogConfig;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventLogTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void oneHappeningIsOneLineWhateverIsInIt() {
        log("info", "text").warn("fetch failed", "reason", "a \"b\"\nline two=3\u001b[31m", "file", "/a");
        assertThat(text())
                .isEqualTo("2026-01-01T00:00:00Z WARN fetch failed reason=\"a 'b' | line two=3?[31m\" file=/a\n");
    }

    @Test
    void jsonIsJson() {
        log("info", "json").error("ended", "reason", "line\n\"two\"");
        assertThat(Json.parse(text()).asObject().getString("reason")).isEqualTo("line\n\"two\"");
        assertThat(text()).hasLineCount(1).contains("\"level\":\"error\"");
    }

    @Test
    void whatIsBelowTheLevelIsLeftOut() {
        EventLog log = log("warn", "text");
        log.info("quiet");
        log.debug("quiet");
        log.warn("loud");
        assertThat(text()).contains("loud").doesNotContain("quiet");
    }

    @Test
    void momentsAreAsTheJdkWritesThem() {
        for (String moment : new String[] {
            "1970-01-01T00:00:00Z",
            "2026-11-29T17:05:00Z",
            "2026-11-29T17:05:07Z",
            "2026-11-29T17:00:00.500Z",
            "2028-02-29T23:59:59.001Z",
            "2026-11-29T17:05:07.000001Z"
        }) {
            assertThat(EventLog.time(Instant.parse(moment))).isEqualTo(moment);
        }
    }

    private EventLog log(String level, String format) {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        return new EventLog(
                new LogConfig(level, format), new PrintStream(out, true, StandardCharsets.UTF_8), () -> now);
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
