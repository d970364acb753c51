package io.purser.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireDurationTest {

    @ParameterizedTest
    @CsvSource({
        "5m,PT5M,5m",
        "1h30m,PT1H30M,1h30m",
        "90s,PT1M30S,1m30s",
        "1.5s,PT1.5S,1s500ms",
        "0,PT0S,0s",
        "7ns,PT0.000000007S,7ns"
    })
    void isReadAndWritten(String text, Duration duration, String written) {
        assertThat(WireDuration.parse(text)).contains(duration);
        assertThat(WireDuration.format(duration)).isEqualTo(written);
        assertThat(WireDuration.parse(written)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "-5m", "5 m", "5m ", "m5", "5mm", "1e3s", "999999999999h"})
    void isRefused(String text) {
        assertThat(WireDuration.parse(text)).isEmpty();
    }

    @Test
    void nearestNamesAreOffered() {
        assertThat(NearestName.of("adress", java.util.List.of("address", "namespace")))
                .contains("address");
        assertThat(NearestName.of("zzz", java.util.List.of("address", "namespace")))
                .isEmpty();
    }
}
