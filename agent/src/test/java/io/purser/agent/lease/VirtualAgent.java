package io.purser.agent.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.purser.agent.lease.LeaseEffect.Exchange;
import io.purser.agent.template.source.SecretRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The machine on a virtual clock; it checks after every step what must always hold. */
final class VirtualAgent {

    static final RenewalPolicy POLICY = new RenewalPolicy(
            Duration.ofMinutes(5),
            null,
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5));

    private final LeaseMachine machine = new LeaseMachine(POLICY, false);
    private final Deque<Instant> requestsInTrouble = new ArrayDeque<>();
    private @Nullable Instant lastFailure;
    private @Nullable Exchange asked;
    private Instant wake;
    private boolean mayDeliver = true;
    LeaseState state;
    Instant now;

    VirtualAgent(long seed, Instant now) {
        this.state = LeaseState.initial(seed, now);
        this.now = now;
        this.wake = now;
    }

    /** Whether what is fetched gets into the files at once. */
    void delivers(boolean delivers) {
        mayDeliver = delivers;
    }

    @Nullable
    Exchange asked() {
        return asked;
    }

    Instant wake() {
        return wake;
    }

    void tell(LeaseEvent event) {
        Exchange before = asked;
        LeaseMachine.Step step = machine.next(state, event, now);
        assertThat(machine.next(state, event, now)).isEqualTo(step);
        state = step.state();
        List<Exchange> exchanges = new ArrayList<>();
        List<SecretRequest> rendered = new ArrayList<>();
        boolean woken = false;
        for (LeaseEffect effect : step.effects()) {
            if (effect instanceof Exchange exchange) {
                exchanges.add(exchange);
            } else if (effect instanceof LeaseEffect.Wake at) {
                wake = at.at();
                woken = true;
            } else if (effect instanceof LeaseEffect.Render render) {
                rendered.add(render.request());
            }
        }
        // That a lease alone may not be revoked is no trouble.
        if (event instanceof LeaseEvent.Failed failed
                && before != null
                && (failed.kind().concernsTheStore() || !(before instanceof LeaseEffect.Revoke))) {
            lastFailure = now;
        }
        asked = state.inFlight();
        assertThat(exchanges).hasSizeLessThanOrEqualTo(1);
        if (!exchanges.isEmpty()) {
            assertThat(asked).isEqualTo(exchanges.get(0));
            countRequest();
        } else if (asked == null && !state.secrets().isEmpty()) {
            assertThat(woken).as("an agent with secrets always has a wake").isTrue();
            assertWakeInTime();
        }
        if (mayDeliver && !rendered.isEmpty()) {
            tell(new LeaseEvent.Delivered(Set.copyOf(rendered)));
        }
    }

    /** Answers and wakes until {@code end}. */
    void run(VirtualStore store, Instant end) {
        tell(new LeaseEvent.Tick());
        while (true) {
            while (asked != null) {
                now = now.plusMillis(20);
                LeaseEvent answer = store.answer(asked, now);
                int more = store.requestsMore();
                tell(new LeaseEvent.AskedMore(more));
                for (int i = 0; i < more; i++) {
                    countRequest();
                }
                tell(answer);
            }
            if (wake.isAfter(end)) {
                now = end;
                return;
            }
            now = RenewalPolicy.max(now, wake);
            tell(new LeaseEvent.Tick());
        }
    }

    private void assertWakeInTime() {
        assertThat(wake).as("nothing spins").isAfter(state.clock());
        Instant soon = state.clock().plus(RenewalPolicy.FLOOR);
        for (SecretState secret : state.secrets().values()) {
            Instant latest = RenewalPolicy.max(
                    RenewalPolicy.max(secret.expires(), soon), state.trouble().earliest());
            if (state.token() != null && secret.present() && secret.expires().isAfter(state.clock())) {
                assertThat(wake).as("a live secret has a wake before its end").isBeforeOrEqualTo(latest);
            }
        }
        if (state.token() != null) {
            Instant latest =
                    RenewalPolicy.max(state.token().expires(), state.trouble().earliest());
            assertThat(wake).isBeforeOrEqualTo(latest);
        }
    }

    private void countRequest() {
        if (lastFailure == null || lastFailure.plusSeconds(60).isBefore(now)) {
            requestsInTrouble.clear();
            return;
        }
        requestsInTrouble.addLast(now);
        while (!requestsInTrouble.getFirst().plusSeconds(60).isAfter(now)) {
            requestsInTrouble.removeFirst();
        }
        assertThat(requestsInTrouble).as("requests in a minute of trouble").hasSizeLessThanOrEqualTo(30);
    }
}
