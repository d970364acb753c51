package io.purser.agent.lease;

import io.purser.agent.template.source.SecretRequest;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What happened, as the machine of the leases is told. */
public sealed interface LeaseEvent {

    /** Time has passed. */
    record Tick() implements LeaseEvent {}

    /** A template uses this secret. */
    record Wanted(SecretRequest request) implements LeaseEvent {}

    /** No template uses any secret but these. */
    record OnlyWanted(Set<SecretRequest> requests) implements LeaseEvent {
        /** Copies the set. */
        public OnlyWanted {
            requests = Set.copyOf(requests);
        }
    }

    /** The login succeeded. */
    record LoggedIn(AuthToken token) implements LeaseEvent {}

    /** The token lives on, for as long as {@code token} says. */
    record TokenRenewed(AuthToken token) implements LeaseEvent {}

    /**
     * The store gave a secret.
     *
     * @param changed whether its data differs from what the agent had
     */
    record Fetched(SecretRequest request, Validity validity, boolean changed) implements LeaseEvent {}

    /** The store extended a secret's lease. */
    record Renewed(SecretRequest request, LeaseTerms terms) implements LeaseEvent {}

    /** An old token or lease was revoked, or cannot be. */
    record Revoked(Superseded old) implements LeaseEvent {}

    /**
     * What was asked of the store last failed.
     *
     * @param retryAfter how long the store asked us to wait, or null
     */
    record Failed(StoreException.Kind kind, @Nullable Duration retryAfter) implements LeaseEvent {}

    /**
     * For what was asked last the store is asked, or was asked, more than once.
     *
     * @param more requests besides the one
     */
    record AskedMore(long more) implements LeaseEvent {}

    /** Every file that uses these secrets is written and announced. */
    record Delivered(Set<SecretRequest> requests) implements LeaseEvent {
        /** Copies the set. */
        public Delivered {
            requests = Set.copyOf(requests);
        }
    }

    /** Somebody wants everything fetched anew. */
    record RefreshAsked() implements LeaseEvent {}
}
