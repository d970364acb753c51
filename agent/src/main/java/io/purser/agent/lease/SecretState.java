package io.purser.agent.lease;

import io.purser.agent.template.source.SecretRequest;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where one secret stands.
 *
 * @param request what it is an answer to
 * @param validity its kind of life, or null before the first answer
 * @param at when the store last answered for it
 * @param granted the life that the first answer for this lease gave; a renewal that gives much less foretells its end
 * @param generation the token it was got with
 * @param due when something has to be done
 * @param next what has to be done
 * @param failures in a row
 * @param failure the last one, while it stands
 * @param delivered whether every file that uses it has been written since it changed
 */
public record SecretState(
        SecretRequest request,
        @Nullable Validity validity,
        Instant at,
        Duration granted,
        int generation,
        Instant due,
        Next next,
        int failures,
        StoreException.@Nullable Kind failure,
        boolean delivered) {

    /** What is done next for a secret. */
    public enum Next {
        /** Ask the store for it. */
        FETCH,
        /** Extend its lease. */
        RENEW
    }

    /** A secret that a template wants and that was never asked for. */
    static SecretState wanted(SecretRequest request, Instant now) {
        return new SecretState(request, null, now, Duration.ZERO, 0, now, Next.FETCH, 0, null, true);
    }

    /** Whether the store has answered. */
    public boolean present() {
        return validity != null;
    }

    /** Whether it is a lease, or a token that a template made, that ends with the agent's token at the latest. */
    public boolean leased() {
        MadeToken made = made();
        return !leaseId().isEmpty() || (made != null && !made.orphan());
    }

    /** The token that it is, or null. */
    public @Nullable MadeToken made() {
        return validity == null ? null : validity.made();
    }

    /** What is left to be revoked of it when nothing uses it any more, or null. */
    @Nullable
    Superseded left(@Nullable Instant due) {
        MadeToken made = made();
        if (made != null) {
            return new Superseded(made.token(), "", generation, request, due);
        }
        return leaseId().isEmpty() ? null : new Superseded(null, leaseId(), generation, request, due);
    }

    /** The lease's id; empty without one. */
    public String leaseId() {
        return validity == null ? "" : validity.terms().id();
    }

    /** When it stops being valid; {@link Instant#MAX} for a secret without an end that we know of. */
    public Instant expires() {
        if (validity == null || validity.nature() == Validity.Nature.STATIC) {
            return Instant.MAX;
        }
        // A static role's new password is read just after the old one's end.
        Duration grace = validity.nature() == Validity.Nature.SCHEDULED ? Duration.ofMinutes(1) : Duration.ZERO;
        return at.plus(validity.terms().ttl()).plus(grace);
    }

    SecretState fetchAt(Instant due) {
        return new SecretState(
                request, validity, at, granted, generation, due, Next.FETCH, failures, failure, delivered);
    }

    SecretState dueAt(Instant due) {
        return new SecretState(request, validity, at, granted, generation, due, next, failures, failure, delivered);
    }

    SecretState failed(StoreException.Kind kind, Instant due) {
        return new SecretState(request, validity, at, granted, generation, due, next, failures + 1, kind, delivered);
    }

    SecretState asDelivered() {
        return new SecretState(request, validity, at, granted, generation, due, next, failures, failure, true);
    }

    /** Moves its moments by as much as the clock has jumped. */
    SecretState shifted(Duration by) {
        return new SecretState(
                request, validity, at.plus(by), granted, generation, due.plus(by), next, failures, failure, delivered);
    }
}
