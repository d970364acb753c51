package io.purser.webhook.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RememberedTest {

    private final Remembered<Integer> remembered = new Remembered<>(2, 3);

    @Test
    void knowsWhatItWasGiven() {
        remembered.put("one", 1);
        assertThat(remembered.get("one")).isEqualTo(1);
        assertThat(remembered.get("two")).isNull();
    }

    @Test
    void forgetsAllBeforeItKeepsMoreThanItMay() {
        remembered.put("one", 1);
        remembered.put("two", 2);
        remembered.put("six", 6);
        assertThat(remembered.get("six")).isEqualTo(6);
        assertThat(remembered.get("one")).isNull();
    }

    @Test
    void keepsNoLongText() {
        remembered.put("seven", 7);
        assertThat(remembered.get("seven")).isNull();
    }
}
