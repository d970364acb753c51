package io.purser.agent.lease;

import java.time.Duration;

/**
 * How long the store vouches for an answer or a token, as it said in the answer itself.
 *
 * @param id the lease's id; empty for an answer without a lease (a static secret, a certificate)
 * @param ttl how long from the answer on; zero where the store did not say
 * @param renewable whether its life can be extended
 */
public record LeaseTerms(String id, Duration ttl, boolean renewable) {

    /** Terms of an answer that the store does not vouch for. */
    public static final LeaseTerms NONE = new LeaseTerms("", Duration.ZERO, false);

    /** Whether the store keeps a lease for it. */
    public boolean leased() {
        return !id.isEmpty();
    }
}
