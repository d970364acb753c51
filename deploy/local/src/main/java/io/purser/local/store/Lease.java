package io.purser.local.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The lease of one dynamic secret. It dies with the token that asked for it. */
final class Lease {

    private final String id;
    private final Token owner;
    private final @Nullable Renewal renewal;
    private final Runnable revocation;
    private Term term;
    private @Nullable Instant renewed;

    /** What an engine does when a lease is renewed. */
    interface Renewal {
        void until(Instant end);
    }

    /**
     * @param renewal null for a lease that cannot be renewed
     * @param revocation what undoes the secret
     */
    Lease(String id, Token owner, Term term, @Nullable Renewal renewal, Runnable revocation) {
        this.id = id;
        this.owner = owner;
        this.term = term;
        this.renewal = renewal;
        this.revocation = revocation;
    }

    String id() {
        return id;
    }

    Token owner() {
        return owner;
    }

    boolean renewable() {
        return renewal != null;
    }

    Term term() {
        return term;
    }

    @Nullable
    Instant renewed() {
        return renewed;
    }

    void renew(Term next, Instant now) {
        Instant end = next.expires();
        if (renewal != null && end != null) {
            renewal.until(end);
        }
        term = next;
        renewed = now;
    }

    void revoke() {
        revocation.run();
    }
}
