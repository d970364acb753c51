package io.purser.agent.lease;

import io.purser.agent.lease.LeaseEffect.Exchange;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a failure: wait, fetch anew, log in again, or give an old lease up.
 *
 * @param asked what failed
 * @param failed how
 */
record Setback(RenewalPolicy policy, Exchange asked, LeaseEvent.Failed failed) {

    LeaseState of(LeaseState before) {
        LeaseState state = before.drawn();
        boolean ofTheStore = failed.kind().concernsTheStore();
        Duration wait = wait(state.trouble().failures() + 1, policy.maxBackoff(), state.jitter());
        if (asked instanceof LeaseEffect.Revoke revoke && !ofTheStore) {
            return LeaseMachine.without(state, revoke.old()); // that a lease alone may not be revoked is normal
        }
        state = state.withTrouble(state.trouble().failed(ofTheStore, state.clock(), wait));
        if (failed.kind() == StoreException.Kind.TOKEN_DEAD && !(asked instanceof LeaseEffect.Login)) {
            return tokenDied(state);
        }
        if (asked instanceof LeaseEffect.Login) {
            return loginFailed(state);
        }
        if (asked instanceof LeaseEffect.RenewToken) {
            return tokenNotRenewed(state, ofTheStore ? wait : Duration.ZERO);
        }
        if (asked instanceof LeaseEffect.Fetch fetch) {
            SecretState secret = state.secrets().get(fetch.request());
            return secret == null ? state : fetchFailed(state, secret);
        }
        if (asked instanceof LeaseEffect.RenewLease renew) {
            SecretState secret = state.secrets().get(renew.request());
            return secret == null ? state : leaseNotRenewed(state, secret, ofTheStore);
        }
        return state;
    }

    private LeaseState leaseNotRenewed(LeaseState state, SecretState secret, boolean ofTheStore) {
        // What the store will not extend is fetched anew; in its own trouble it is asked again.
        return ofTheStore
                ? fetchFailed(state, secret)
                : state.with(secret.failed(failed.kind(), state.clock()).fetchAt(state.clock()));
    }

    private LeaseState tokenDied(LeaseState state) {
        TokenState token = state.token();
        if (token == null) {
            return state;
        }
        // A token that dies right after its login, again and again, must not make us log in without end.
        int failures = state.loginFailures() + 1;
        Duration wait = failures == 1
                ? Duration.ZERO
                : RenewalPolicy.backoff(failures - 1, policy.minBackoff(), policy.maxLoginBackoff(), state.jitter());
        return LeaseMachine.lost(state, token).withLogin(failures, state.clock().plus(wait));
    }

    private LeaseState loginFailed(LeaseState state) {
        int failures = state.loginFailures() + 1;
        Duration wait = wait(failures, policy.maxLoginBackoff(), state.jitter());
        return state.withLogin(failures, state.clock().plus(wait));
    }

    private LeaseState tokenNotRenewed(LeaseState state, Duration wait) {
        TokenState token = state.token();
        if (token == null) {
            return state;
        }
        Instant when = beforeTheEnd(state.clock(), wait, token.expires());
        return state.withToken(wait.isZero() ? token.replaceAt(when) : token.dueAt(when));
    }

    /** Also when the whole store is in trouble the next try is another's, so that one bad path starves nobody. */
    private LeaseState fetchFailed(LeaseState state, SecretState secret) {
        Duration wait = wait(secret.failures() + 1, policy.maxBackoff(), state.jitter());
        Instant due = beforeTheEnd(state.clock(), wait, secret.expires());
        return state.with(secret.failed(failed.kind(), due));
    }

    /** The next try for what still lives comes before its end, however long the wait has become. */
    private static Instant beforeTheEnd(Instant now, Duration wait, Instant end) {
        boolean inTime = !end.isAfter(now) || end.isAfter(now.plus(wait));
        return now.plus(inTime ? wait : RenewalPolicy.share(Duration.between(now, end), 0.5));
    }

    private Duration wait(int failures, Duration longest, double jitter) {
        boolean limited = failed.kind() == StoreException.Kind.RATE_LIMITED;
        Duration shortest =
                limited ? RenewalPolicy.max(RenewalPolicy.RATE_LIMIT_FLOOR, policy.minBackoff()) : policy.minBackoff();
        Duration backoff = RenewalPolicy.backoff(failures, shortest, RenewalPolicy.max(longest, shortest), jitter);
        @Nullable Duration asked = failed.retryAfter();
        return asked == null
                ? backoff
                : RenewalPolicy.max(RenewalPolicy.min(asked, RenewalPolicy.LONGEST_WISH), backoff);
    }
}
