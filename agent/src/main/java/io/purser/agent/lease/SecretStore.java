package io.purser.agent.lease;

import io.purser.agent.template.source.Secret;
import io.purser.agent.template.source.SecretRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A store of secrets, as the agent needs it: each method is one exchange, blocking, without retries over more than a few
 * seconds and without a memory of secrets. All throw {@link StoreException}; none lets a secret into its message. Called by
 * one thread at a time, but for {@link #revokeSelf} at the end, which may come from another.
 */
public interface SecretStore {

    /**
     * Logs in with the pod's identity, which is read anew each time.
     *
     * @throws StoreException {@code DENIED} where the identity is refused; its message names role, mount and the audience
     *     sent
     */
    AuthToken login();

    /**
     * Reads, lists or writes. The driver turns a path as a user writes it into the store's own (for example KV version 2's
     * {@code data/}).
     *
     * @return the whole answer; null for an answer without a body, and for a listing of nothing
     * @throws StoreException {@code NOT_FOUND} for a read or write of nothing
     */
    @Nullable
    Secret fetch(SecretRequest request, AuthToken token);

    /**
     * Reads, lists or writes, where an earlier answer is at hand. A driver that can tell without another read that nothing has
     * changed gives that answer back.
     *
     * @param known the last answer to this request, or null
     */
    default @Nullable Secret fetch(SecretRequest request, AuthToken token, @Nullable Secret known) {
        return fetch(request, token);
    }

    /** Requests made to the store so far; one of the operations here may take several. */
    default long requests() {
        return 0;
    }

    /**
     * Extends the token's life.
     *
     * @return the same token with the life that it has from now on
     */
    AuthToken renewToken(AuthToken token);

    /**
     * Extends a lease.
     *
     * @param increment the life asked for; the store may give less
     * @return what the store gave, from now on
     */
    LeaseTerms renewLease(String leaseId, Duration increment, AuthToken token);

    /** Ends a lease; that the token may not do so is normal under the store's default policy ({@code DENIED}). */
    void revokeLease(String leaseId, AuthToken token);

    /** Ends the token and every lease made with it. A token that is dead already is no error. */
    void revokeSelf(AuthToken token);
}
