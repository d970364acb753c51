package io.purser.agent.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.purser.agent.config.Notification;
import io.purser.agent.notify.NotificationQueue.Due;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NotificationQueueTest {

    private static final Notification RELOAD = Notification.parse("http:8080/reload");
    private static final Notification HUP = Notification.parse("signal:HUP:nginx");

    private final NotificationQueue queue =
            new NotificationQueue(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(60));

    @Test
    void equalNotificationsOfABatchBecomeOne() {
        queue.add(List.of(HUP, RELOAD, HUP), at(0));

        assertThat(queue.take(at(0.9))).isEmpty();
        assertThat(queue.next()).contains(at(1));
        assertThat(queue.take(at(1))).containsExactly(new Due(HUP, 0), new Due(RELOAD, 0));
        assertThat(queue.next()).isEmpty();
    }

    @Test
    void changesThatFollowCloselyWaitForTheLastButNotForEver() {
        for (double second = 0; second < 4.9; second += 0.5) {
            queue.add(List.of(HUP), at(second));
            assertThat(queue.take(at(second))).isEmpty();
        }
        assertThat(queue.next()).contains(at(5));
    }

    @Test
    void aFailureComesAgainLaterEachTime() {
        queue.add(List.of(HUP), at(0));
        double now = 1;
        for (double wait : new double[] {2, 4, 8, 16, 32, 60, 60}) {
            Due due = queue.take(at(now)).get(0);
            assertThat(queue.failed(due, at(now))).isEqualTo(at(now + wait));
            assertThat(queue.take(at(now + wait - 0.1))).isEmpty();
            now += wait;
        }
    }

    @Test
    void aNewChangeBeatsTheWaitAfterAFailure() {
        queue.add(List.of(HUP), at(0));
        queue.failed(queue.take(at(1)).get(0), at(1));
        queue.add(List.of(HUP), at(1.2));
        assertThat(queue.take(at(2.2))).containsExactly(new Due(HUP, 0));
    }

    @Test
    void aChangeDuringTheDeliveryNotifiesAgain() {
        queue.add(List.of(HUP), at(0));
        Due due = queue.take(at(1)).get(0);
        queue.add(List.of(HUP), at(1.5));
        queue.failed(due, at(1.6));
        assertThat(queue.take(at(2.5))).containsExactly(new Due(HUP, 0));
        assertThat(queue.next()).isEmpty();
    }

    private static Instant at(double seconds) {
        return Instant.EPOCH.plusMillis(Math.round(seconds * 1000));
    }
}
