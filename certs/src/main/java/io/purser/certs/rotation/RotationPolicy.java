package io.purser.certs.rotation;

import java.time.Duration;

/**
 * The times of the rotation.
 *
 * @param caName common name of new authorities
 * @param caValidity how long an authority lasts
 * @param caRenewBefore how long before an authority's end the next one is made
 * @param leafValidity how long a serving certificate lasts; half of it later, the next one is issued
 * @param settle how long after a bundle was read back every API server is sure to use it
 */
public record RotationPolicy(
        String caName, Duration caValidity, Duration caRenewBefore, Duration leafValidity, Duration settle) {
    /** One year, renewed in its last third; a leaf for a week; 60 s for all API servers to see a bundle. */
    public static final RotationPolicy DEFAULT = new RotationPolicy(
            "purser webhook CA",
            Duration.ofDays(365),
            Duration.ofDays(120),
            Duration.ofDays(7),
            Duration.ofSeconds(60));

    /**
     * Checks that the times fit together.
     *
     * @throws IllegalArgumentException for times that can never work out: a leaf that outlives what is left of its
     *     authority, or anything not positive
     */
    public RotationPolicy {
        for (Duration time : new Duration[] {caValidity, caRenewBefore, leafValidity}) {
            if (time.isNegative() || time.isZero()) {
                throw new IllegalArgumentException("Every validity must be longer than zero, not " + time);
            }
        }
        if (settle.isNegative()) {
            throw new IllegalArgumentException("The settling time must not be negative, not " + settle);
        }
        if (caRenewBefore.compareTo(caValidity) >= 0) {
            throw new IllegalArgumentException("The authority's renewal (" + caRenewBefore
                    + " before its end) must come after its beginning; it lasts " + caValidity);
        }
        if (leafValidity.compareTo(caRenewBefore) > 0) {
            throw new IllegalArgumentException("A leaf of " + leafValidity + " must not outlive its authority, which is"
                    + " renewed " + caRenewBefore + " before its end");
        }
    }
}
