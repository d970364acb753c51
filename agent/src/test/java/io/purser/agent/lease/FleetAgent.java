package io.purser.agent.lease;

import io.purser.agent.lease.LeaseEffect.Exchange;
import io.purser.agent.lease.Validity.Nature;
import io.purser.agent.template.source.SecretRequest;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Purser's agent in a fleet: two static secrets read every five minutes, database credentials of an hour, a token of an hour. */
final class FleetAgent implements Fleet.Member {

    private static final SecretRequest[] STATIC = {
        new SecretRequest.Read("secret/one"), new SecretRequest.Read("secret/two")
    };
    private static final SecretRequest LEASED = new SecretRequest.Read("database/creds/web");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration ANSWER = Duration.ofMillis(5);

    private final LeaseMachine machine = new LeaseMachine(VirtualAgent.POLICY, false);
    private LeaseState state;
    private @Nullable Exchange asked;
    private Instant next;
    private Instant tokenLast = Instant.MAX;
    private Instant leaseLast = Instant.MAX;
    private int names;

    FleetAgent(int index) {
        next = Fleet.startOf(index);
        state = LeaseState.initial(index * 7919L, next);
        tell(new LeaseEvent.Wanted(STATIC[0]), next);
        tell(new LeaseEvent.Wanted(STATIC[1]), next);
        tell(new LeaseEvent.Wanted(LEASED), next);
    }

    @Override
    public Instant next() {
        return next;
    }

    @Override
    public int act(Instant now, boolean storeIsThere) {
        if (asked == null) {
            tell(new LeaseEvent.Tick(), now);
            return 0;
        }
        tell(storeIsThere ? answer(asked, now) : new LeaseEvent.Failed(StoreException.Kind.UNREACHABLE, null), now);
        return 1;
    }

    private void tell(LeaseEvent event, Instant now) {
        LeaseMachine.Step step = machine.next(state, event, now);
        state = step.state();
        asked = state.inFlight();
        next = now.plus(ANSWER);
        for (LeaseEffect effect : step.effects()) {
            if (effect instanceof LeaseEffect.Wake wake) {
                next = wake.at();
            } else if (effect instanceof LeaseEffect.Render render) {
                state = machine.next(state, new LeaseEvent.Delivered(java.util.Set.of(render.request())), state.clock())
                        .state();
                asked = state.inFlight();
            }
        }
    }

    private LeaseEvent answer(Exchange exchange, Instant now) {
        if (exchange instanceof LeaseEffect.Login) {
            tokenLast = now.plus(DAY);
            return new LeaseEvent.LoggedIn(token(HOUR));
        }
        if (exchange instanceof LeaseEffect.RenewToken) {
            return new LeaseEvent.TokenRenewed(token(left(now, tokenLast)));
        }
        if (exchange instanceof LeaseEffect.RenewLease renew) {
            return new LeaseEvent.Renewed(LEASED, new LeaseTerms(renew.leaseId(), left(now, leaseLast), true));
        }
        if (exchange instanceof LeaseEffect.Fetch fetch && fetch.request().equals(LEASED)) {
            leaseLast = now.plus(DAY);
            LeaseTerms terms = new LeaseTerms("lease-" + ++names, HOUR, true);
            return new LeaseEvent.Fetched(LEASED, new Validity(Nature.RENEWABLE, terms), true);
        }
        if (exchange instanceof LeaseEffect.Fetch fetch) {
            return new LeaseEvent.Fetched(fetch.request(), new Validity(Nature.STATIC, LeaseTerms.NONE), false);
        }
        return new LeaseEvent.Revoked(((LeaseEffect.Revoke) exchange).old());
    }

    private AuthToken token(Duration ttl) {
        return new AuthToken(new SecretValue("token-" + names), "a", ttl, true, true);
    }

    private static Duration left(Instant now, Instant last) {
        Duration left = Duration.between(now, last);
        return left.compareTo(HOUR) < 0 ? left : HOUR;
    }
}
