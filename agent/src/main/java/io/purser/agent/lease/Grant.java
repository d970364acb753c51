package io.purser.agent.lease;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a grant of the store changes in the state: a token, a secret, a renewal. The counterpart of {@link Setback}. */
final class Grant {

    private final RenewalPolicy policy;

    Grant(RenewalPolicy policy) {
        this.policy = policy;
    }

    LeaseState loggedIn(LeaseState before, AuthToken token) {
        LeaseState state = before.drawn();
        TokenState old = state.token();
        // A file gives the same token again: what was leased with it lives on, and it is not to be revoked.
        int generation =
                old != null && old.token().value().equals(token.value()) ? old.generation() : state.generation() + 1;
        if (old != null && old.generation() != generation) {
            state = state.plusSuperseded(Superseded.token(old, null));
        }
        double jitter = state.jitter();
        TokenState fresh = TokenState.fresh(
                token,
                generation,
                state.clock(),
                policy.renewAfter(token.ttl(), jitter),
                policy.replaceAfter(token.ttl(), jitter));
        Instant now = state.clock();
        return state.withToken(fresh)
                .mapSecrets(
                        secret -> secret.leased() && secret.generation() != generation ? secret.fetchAt(now) : secret);
    }

    LeaseState tokenRenewed(LeaseState before, AuthToken renewed) {
        LeaseState state = before.drawn();
        TokenState token = state.token();
        if (token == null) {
            return state;
        }
        double jitter = state.jitter();
        return state.withToken(token.renewed(
                renewed,
                state.clock(),
                policy.renewAfter(renewed.ttl(), jitter),
                policy.replaceAfter(renewed.ttl(), jitter)));
    }

    LeaseState fetched(LeaseState before, LeaseEvent.Fetched fetched, List<LeaseEffect> effects) {
        LeaseState state = before.drawn();
        SecretState old = state.secrets().get(fetched.request());
        if (old == null) {
            return state;
        }
        boolean render = fetched.changed() || !old.present();
        if (render) {
            effects.add(new LeaseEffect.Render(fetched.request()));
        }
        Validity validity = fetched.validity();
        int generation =
                state.token() == null ? old.generation() : state.token().generation();
        SecretState fresh = new SecretState(
                old.request(),
                validity,
                state.clock(),
                validity.terms().ttl(),
                generation,
                state.clock().plus(firstDue(validity, old.present(), state.jitter())),
                validity.nature() == Validity.Nature.RENEWABLE ? SecretState.Next.RENEW : SecretState.Next.FETCH,
                0,
                null,
                !render && old.delivered());
        state = state.with(fresh);
        Superseded left = old.left(null);
        return left != null && isReplaced(old, fresh) ? state.plusSuperseded(left) : state;
    }

    /** What ends with an old token of the agent is not to be revoked on its own. */
    private static boolean isReplaced(SecretState old, SecretState fresh) {
        boolean livesOn = !old.leased() || old.generation() == fresh.generation();
        return livesOn && !(old.leaseId().equals(fresh.leaseId()) && MadeToken.areSame(old.made(), fresh.made()));
    }

    private Duration firstDue(Validity validity, boolean again, double jitter) {
        Duration ttl = validity.terms().ttl();
        return switch (validity.nature()) {
            case STATIC -> again ? policy.rereadAfter(ttl, jitter) : policy.firstRereadAfter(ttl, jitter);
            case RENEWABLE -> policy.renewAfter(ttl, jitter);
            case EXPIRING -> policy.replaceAfter(ttl, jitter);
            case CERTIFICATE -> RenewalPolicy.max(policy.replaceAfter(ttl, jitter), RenewalPolicy.ISSUE_FLOOR);
            case SCHEDULED -> ttl.isZero() ? RenewalPolicy.ROTATION_RETRY : ttl.plus(RenewalPolicy.ROTATION_SLACK);
        };
    }

    LeaseState renewed(LeaseState before, LeaseEvent.Renewed renewed) {
        LeaseState state = before.drawn();
        SecretState old = state.secrets().get(renewed.request());
        if (old == null || old.validity() == null) {
            return state;
        }
        LeaseTerms terms = new LeaseTerms(
                old.validity().terms().id(),
                renewed.terms().ttl(),
                renewed.terms().renewable());
        boolean nearItsEnd = RenewalPolicy.isNearItsEnd(terms.renewable(), terms.ttl(), old.granted());
        Duration wait = nearItsEnd
                ? policy.replaceAfter(terms.ttl(), state.jitter())
                : policy.renewAfter(terms.ttl(), state.jitter());
        return state.with(new SecretState(
                old.request(),
                new Validity(old.validity().nature(), terms, old.made()),
                state.clock(),
                old.granted(),
                old.generation(),
                state.clock().plus(wait),
                nearItsEnd ? SecretState.Next.FETCH : SecretState.Next.RENEW,
                0,
                null,
                old.delivered()));
    }
}
