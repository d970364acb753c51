package io.purser.agent.lease;

import io.purser.agent.lease.LeaseEffect.Exchange;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What comes next of all that is to be done.
 *
 * @param exchange what the store can be asked right now, or null
 * @param wake when there will be something to do, {@link Instant#MAX} for never
 */
record Agenda(@Nullable Exchange exchange, Instant wake) {

    /** @param tokenLent whether a token is wanted without a secret too */
    static Agenda of(LeaseState state, boolean tokenLent) {
        Plan plan = new Plan();
        token(state, tokenLent, plan);
        TokenState token = state.token();
        if (token != null) {
            secrets(state, token, plan);
        }
        for (Superseded old : state.superseded()) {
            revocation(state, old, plan);
        }
        if (plan.exchange == null) {
            return new Agenda(null, Instant.MAX);
        }
        Instant due = RenewalPolicy.max(plan.due, state.trouble().earliest());
        boolean now = !due.isAfter(state.clock());
        // A token's end is an event of its own: what it held is then lost.
        Instant wake = token == null ? due : RenewalPolicy.min(due, token.expires());
        return now ? new Agenda(plan.exchange, Instant.MAX) : new Agenda(null, wake);
    }

    private static void token(LeaseState state, boolean tokenLent, Plan plan) {
        TokenState token = state.token();
        if (token == null) {
            if (tokenLent || !state.secrets().isEmpty()) {
                plan.offer(state.loginDue(), new LeaseEffect.Login());
            }
        } else if (token.replace()) {
            plan.offer(RenewalPolicy.max(token.due(), state.loginDue()), new LeaseEffect.Login());
        } else {
            plan.offer(token.due(), new LeaseEffect.RenewToken(token.token()));
        }
    }

    private static void secrets(LeaseState state, TokenState token, Plan plan) {
        for (SecretState secret : state.secrets().values()) {
            boolean alive = !secret.leased() || secret.generation() == token.generation();
            plan.offer(
                    secret.due(),
                    secret.next() == SecretState.Next.RENEW && alive
                            ? renewal(secret, token.token())
                            : new LeaseEffect.Fetch(secret.request(), token.token()));
        }
    }

    private static Exchange renewal(SecretState secret, AuthToken token) {
        AuthToken by = secret.made() == null ? token : secret.made().token();
        return new LeaseEffect.RenewLease(secret.request(), secret.leaseId(), secret.granted(), by);
    }

    private static void revocation(LeaseState state, Superseded old, Plan plan) {
        if (old.due() == null) {
            return;
        }
        AuthToken by = old.token() != null || state.token() == null
                ? old.token()
                : state.token().token();
        if (by != null) {
            plan.offer(old.due(), new LeaseEffect.Revoke(old, by));
        }
    }

    /** The earliest offer; of equals the first, so that a login comes before what needs it. */
    private static final class Plan {
        private @Nullable Exchange exchange;
        private Instant due = Instant.MAX;

        void offer(Instant when, Exchange candidate) {
            if (exchange == null || when.isBefore(due)) {
                exchange = candidate;
                due = when;
            }
        }
    }
}
