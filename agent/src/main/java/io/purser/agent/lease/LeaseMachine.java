package io.purser.agent.lease;

import io.purser.agent.lease.LeaseEffect.Exchange;
import io.purser.agent.template.source.SecretRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is done when, for the token and all secrets of one agent. It is a function of what it is given: the same
 * state, event and time give the same step. Only one request to the store is under way at a time, and the next one follows
 * from the event that tells how it went.
 */
public final class LeaseMachine {

    /** After an outage longer than this, reads that are overdue are spread, so that a fleet does not come all at once. */
    static final Duration LONG_OUTAGE = Duration.ofMinutes(1);

    private final RenewalPolicy policy;
    private final Grant grant;
    private final boolean tokenLent;

    /** @param tokenLent whether the application gets the token: then there is one also where no secret is wanted */
    public LeaseMachine(RenewalPolicy policy, boolean tokenLent) {
        this.policy = policy;
        this.tokenLent = tokenLent;
        this.grant = new Grant(policy);
    }

    /**
     * What follows from a step.
     *
     * @param state after it
     * @param effects in the order in which they are to be done
     */
    public record Step(LeaseState state, List<LeaseEffect> effects) {
        /** Copies the list. */
        public Step {
            effects = List.copyOf(effects);
        }
    }

    /**
     * The next step.
     *
     * @param now by a clock that does not go back; where it does, it is taken as standing still
     */
    public Step next(LeaseState state, LeaseEvent event, Instant now) {
        List<LeaseEffect> effects = new ArrayList<>();
        LeaseState current = state.at(RenewalPolicy.max(now, state.clock()));
        current = apply(current, event, effects);
        current = settle(current);
        if (current.inFlight() == null) {
            Agenda agenda = Agenda.of(current, tokenLent);
            Exchange exchange = agenda.exchange();
            if (exchange != null) {
                current = current.withInFlight(exchange)
                        .withTrouble(current.trouble().requested(current.clock()));
                effects.add(exchange);
            } else if (agenda.wake().isBefore(Instant.MAX)) {
                effects.add(new LeaseEffect.Wake(agenda.wake()));
            }
        }
        return new Step(current, effects);
    }

    private LeaseState apply(LeaseState state, LeaseEvent event, List<LeaseEffect> effects) {
        if (event instanceof LeaseEvent.Wanted wanted) {
            return state.secrets().containsKey(wanted.request())
                    ? state
                    : state.with(SecretState.wanted(wanted.request(), state.clock()));
        }
        if (event instanceof LeaseEvent.OnlyWanted wanted) {
            return forget(state, wanted.requests());
        }
        if (event instanceof LeaseEvent.Delivered delivered) {
            return state.mapSecrets(
                    secret -> delivered.requests().contains(secret.request()) ? secret.asDelivered() : secret);
        }
        if (event instanceof LeaseEvent.AskedMore asked) {
            return state.withTrouble(state.trouble().requested(state.clock(), asked.more()));
        }
        if (event instanceof LeaseEvent.RefreshAsked) {
            return state.mapSecrets(secret -> secret.fetchAt(state.clock()));
        }
        return event instanceof LeaseEvent.Tick ? state : answered(state, event, effects);
    }

    /** Events that tell how the exchange under way went; a stray one changes nothing. */
    private LeaseState answered(LeaseState state, LeaseEvent event, List<LeaseEffect> effects) {
        Exchange asked = state.inFlight();
        LeaseState free = state.withInFlight(null);
        if (asked instanceof LeaseEffect.Login && event instanceof LeaseEvent.LoggedIn login) {
            return grant.loggedIn(succeeded(free), login.token());
        }
        if (asked instanceof LeaseEffect.RenewToken && event instanceof LeaseEvent.TokenRenewed renewed) {
            return grant.tokenRenewed(succeeded(free), renewed.token());
        }
        if (asked instanceof LeaseEffect.Fetch fetch
                && event instanceof LeaseEvent.Fetched fetched
                && fetched.request().equals(fetch.request())) {
            return grant.fetched(tokenProved(succeeded(free)), fetched, effects);
        }
        if (asked instanceof LeaseEffect.RenewLease renew
                && event instanceof LeaseEvent.Renewed renewed
                && renewed.request().equals(renew.request())) {
            return grant.renewed(tokenProved(succeeded(free)), renewed);
        }
        if (asked instanceof LeaseEffect.Revoke revoke && event instanceof LeaseEvent.Revoked) {
            return without(succeeded(free), revoke.old());
        }
        if (asked != null && event instanceof LeaseEvent.Failed failed) {
            return new Setback(policy, asked, failed).of(free);
        }
        return state;
    }

    /** A token that works ends the back-off of logins, unless the login under way is that of its successor. */
    private static LeaseState tokenProved(LeaseState state) {
        boolean replacing = state.token() != null && state.token().replace();
        return replacing ? state : state.withLogin(0, Instant.MIN);
    }

    private LeaseState succeeded(LeaseState state) {
        StoreTrouble trouble = state.trouble();
        LeaseState calm = state.withTrouble(trouble.answered(state.clock()));
        boolean wasLong = trouble.since() != null
                && Duration.between(trouble.since(), state.clock()).compareTo(LONG_OUTAGE) > 0;
        return wasLong ? spread(calm, Duration.between(trouble.since(), state.clock())) : calm;
    }

    /** After an outage nobody is in a hurry with a secret that has no end. */
    private LeaseState spread(LeaseState state, Duration outage) {
        LeaseState spread = state;
        long within = Math.min(outage.toMillis(), policy.interval().toMillis());
        for (SecretState secret : state.secrets().values()) {
            boolean canWait = secret.present() && secret.expires().equals(Instant.MAX);
            if (canWait && !secret.due().isAfter(state.clock())) {
                spread = spread.drawn();
                Duration later = Duration.ofMillis(Math.round(within * spread.jitter()));
                spread = spread.with(secret.dueAt(state.clock().plus(later)));
            }
        }
        return spread;
    }

    private LeaseState forget(LeaseState state, Set<SecretRequest> wanted) {
        Map<SecretRequest, SecretState> kept = new LinkedHashMap<>();
        LeaseState result = state;
        for (SecretState secret : state.secrets().values()) {
            if (wanted.contains(secret.request())) {
                kept.put(secret.request(), secret);
            } else {
                Superseded left = secret.left(state.clock().plus(policy.overlap()));
                result = left == null ? result : result.plusSuperseded(left);
            }
        }
        for (SecretRequest request : wanted) {
            kept.computeIfAbsent(request, missing -> SecretState.wanted(missing, state.clock()));
        }
        return result.withSecrets(kept);
    }

    /** What follows from time alone and from what was delivered: dead tokens and leases, and what may now be revoked. */
    private LeaseState settle(LeaseState before) {
        LeaseState state = before;
        Instant now = state.clock();
        TokenState token = state.token();
        if (token != null && !token.expires().isAfter(now)) {
            // By our clock it is dead. If the clock is wrong it is alive, and must not be left behind.
            state = lost(state, token).plusSuperseded(Superseded.token(token, now.plus(policy.overlap())));
        }
        state = state.mapSecrets(secret ->
                secret.next() == SecretState.Next.RENEW && !secret.expires().isAfter(now)
                        ? secret.fetchAt(now)
                        : secret);
        List<Superseded> old = new ArrayList<>();
        for (Superseded one : state.superseded()) {
            old.add(one.due() == null && isReplaced(state, one) ? one.dueAt(now.plus(policy.overlap())) : one);
        }
        return state.withSuperseded(old);
    }

    /** The state without its token: what was leased with it is dead too. */
    static LeaseState lost(LeaseState state, TokenState token) {
        Instant now = state.clock();
        return state.withToken(null)
                .mapSecrets(secret ->
                        secret.leased() && secret.generation() == token.generation() ? secret.fetchAt(now) : secret);
    }

    static LeaseState without(LeaseState state, Superseded old) {
        List<Superseded> others = new ArrayList<>();
        for (Superseded one : state.superseded()) {
            boolean same = one.generation() == old.generation()
                    && one.leaseId().equals(old.leaseId())
                    && AuthToken.areSame(one.token(), old.token());
            if (!same) {
                others.add(one);
            }
        }
        return state.withSuperseded(others);
    }

    private static boolean isReplaced(LeaseState state, Superseded old) {
        @Nullable SecretRequest by = old.by();
        if (by != null) {
            SecretState secret = state.secrets().get(by);
            return secret == null || secret.delivered();
        }
        for (SecretState secret : state.secrets().values()) {
            if (!secret.delivered() || (secret.leased() && secret.generation() == old.generation())) {
                return false;
            }
        }
        return true;
    }
}
