package io.purser.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeasuredTest {

    private static Measured run(double perSecond, double p99, long cpu) {
        return new Measured(new LoadFigures(perSecond, 1, p99, 9, 0), cpu, 100, 500);
    }

    @Test
    void theFormerHalfIsTheWarmUpAndCountsForNothing() {
        Measured median = Measured.median(
                List.of(run(1, 99, 900), run(2, 98, 800), run(10, 3, 80), run(30, 1, 60), run(20, 2, 100)));
        assertThat(median).isEqualTo(run(20, 2, 80));
    }

    @Test
    void ofTwoWarmRunsTheMedianIsBetweenThem() {
        assertThat(Measured.median(List.of(run(1, 99, 900), run(10, 3, 80), run(30, 1, 60))))
                .isEqualTo(run(20, 2, 70));
    }

    @Test
    void anOnlyRunIsItsOwnMedian() {
        assertThat(Measured.median(List.of(run(10, 3, 80)))).isEqualTo(run(10, 3, 80));
    }

    @Test
    void theRatioSaysHowManyTimesTheOther() {
        assertThat(run(40, 2, 100).against(run(10, 20, 400)))
                .isEqualTo("4.00 times the rps, 0.10 of the p99, 0.25 of the CPU a review, 1.00 of the RSS,"
                        + " 1.00 of the time to ready");
    }
}
