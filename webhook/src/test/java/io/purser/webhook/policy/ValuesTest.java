package io.purser.webhook.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of values, as Go and Kubernetes have them. */
class ValuesTest {

    @ParameterizedTest
    @CsvSource({
        "1h30m, PT1H30M",
        "1.5s, PT1.5S",
        "250ms, PT0.25S",
        "0, PT0S",
        "-2m, PT-2M",
        "+3s, PT3S",
        ".5s, PT0.5S",
        "1.s, PT1S",
        "7ns, PT0.000000007S",
        "3us, PT0.000003S",
        "3\u00b5s, PT0.000003S"
    })
    void durations(String text, Duration duration) {
        assertThat(Values.duration(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", ".s", "1d", "1 s", "1h-5m", "soon", "9999999999h", "1h3", "1e3s"})
    void noDurations(String text) {
        assertThat(Values.duration(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "250m, 0.25",
        "1, 1",
        "0.5, 0.5",
        ".5, 0.5",
        "5., 5",
        "1e-1, 0.1",
        "1E3, 1000",
        "64Mi, 67108864",
        "64M, 64000000",
        "1k, 1000",
        "2Ki, 2048",
        "1E, 1000000000000000000",
        "3u, 0.000003",
        "+1, 1",
        "-1Gi, -1073741824"
    })
    void quantities(String text, java.math.BigDecimal value) {
        Quantity quantity = Quantity.parse(text);
        assertThat(quantity).isNotNull();
        assertThat(quantity.value()).isEqualByComparingTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1Gb", "1K", " 1", "1 Mi", "half", "1ee3", ".", "m", "1mi", "0x10"})
    void noQuantities(String text) {
        assertThat(Quantity.parse(text)).isNull();
    }

    @Test
    void quantitiesAreEqualByValue() {
        assertThat(Quantity.parse("1000m")).isEqualTo(Quantity.parse("1")).hasSameHashCodeAs(Quantity.parse("1.0"));
        assertThat(Quantity.parse("1Gi")).isNotEqualTo(Quantity.parse("1G"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "on", "tRuE", " true", "2", "truE"})
    void noBooleans(String text) {
        assertThat(Values.bool(text)).isNull();
    }

    @Test
    void anEmptyBooleanIsFalse() {
        assertThat(Values.bool("")).isFalse();
    }

    @Test
    void integersAreDecimal() {
        assertThat(Values.integer("0100")).isEqualTo(100);
        assertThat(Values.integer("0x10")).isNull();
        assertThat(Values.integer("99999999999999999999")).isNull();
        assertThat(Values.integer("+")).isNull();
    }

    @Test
    void listsAreTrimmed() {
        assertThat(Values.list(" a, b,,c ")).containsExactly("a", "b", "c");
        assertThat(Values.list("")).isEmpty();
    }
}
