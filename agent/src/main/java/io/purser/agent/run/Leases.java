package io.purser.agent.run;

import io.purser.agent.lease.LeaseEffect;
import io.purser.agent.lease.LeaseEvent;
import io.purser.agent.lease.LeaseMachine;
import io.purser.agent.lease.LeaseState;
import io.purser.agent.template.source.SecretRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds the machine's state between its steps, and sorts what follows from them. Confined to the loop's thread. */
final class Leases {

    private final LeaseMachine machine;
    private final InstantSource clock;
    private final List<SecretRequest> changed = new ArrayList<>();
    private volatile LeaseState state; // the loopback proxy's threads look at its token
    private LeaseEffect.@Nullable Exchange pending;
    private Instant wake = Instant.MIN;

    Leases(LeaseMachine machine, LeaseState state, InstantSource clock) {
        this.machine = machine;
        this.state = state;
        this.clock = clock;
    }

    /** Tells the machine what happened. */
    void tell(LeaseEvent event) {
        LeaseMachine.Step step = machine.next(state, event, clock.instant());
        state = step.state();
        for (LeaseEffect effect : step.effects()) {
            if (effect instanceof LeaseEffect.Exchange exchange) {
                pending = exchange;
            } else if (effect instanceof LeaseEffect.Render render) {
                changed.add(render.request());
            } else if (effect instanceof LeaseEffect.Wake at) {
                wake = at.at();
            }
        }
    }

    /** What the store is to be asked now, or null; it is handed out once. */
    LeaseEffect.@Nullable Exchange takeExchange() {
        LeaseEffect.Exchange taken = pending;
        pending = null;
        return taken;
    }

    /** The secrets whose data has changed since the last call. */
    List<SecretRequest> takeChanged() {
        List<SecretRequest> taken = List.copyOf(changed);
        changed.clear();
        return taken;
    }

    /** When to tell it of the time again. */
    Instant wake() {
        return wake;
    }

    LeaseState state() {
        return state;
    }
}
