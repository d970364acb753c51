package io.purser.agent.lease;

import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import io.purser.agent.template.source.Secret;
import io.purser.agent.template.source.SecretRequest;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What kind of life an answer of the store has.
 *
 * @param nature how it is kept fresh
 * @param terms the lease, and the life from the answer on; zero for no end that we know of
 * @param made the token that the answer is, or null
 */
public record Validity(
        Nature nature, LeaseTerms terms, @Nullable MadeToken made) {

    /** Of an answer that is no token. */
    public Validity(Nature nature, LeaseTerms terms) {
        this(nature, terms, null);
    }

    /** How a secret is kept fresh. */
    public enum Nature {
        /** Read again at an interval. */
        STATIC,
        /** A lease that is renewed, and replaced where it cannot be. */
        RENEWABLE,
        /** A lease, or an AppRole's secret id, that is replaced before its end. */
        EXPIRING,
        /** A static role: changed by the store at the end of its ttl, and read right after. */
        SCHEDULED,
        /** A certificate: kept over logins and restarts, replaced before its end. */
        CERTIFICATE
    }

    /**
     * Judges an answer.
     *
     * @param request what it answers
     * @param secret null for an answer without a body
     * @param now the wall clock's time, which a certificate's end is measured against
     */
    public static Validity of(SecretRequest request, @Nullable Secret secret, Instant now) {
        if (secret == null) {
            return new Validity(Nature.STATIC, LeaseTerms.NONE);
        }
        MadeToken made = MadeToken.in(request, secret);
        if (made != null) {
            return of(made);
        }
        JsonObject data = secret.data() == null ? new JsonObject() : secret.data();
        LeaseTerms terms = new LeaseTerms(secret.leaseId(), secret.leaseDuration(), secret.renewable());
        Duration untilExpiration = untilExpiration(data, now);
        if (untilExpiration != null) {
            return new Validity(Nature.CERTIFICATE, new LeaseTerms(secret.leaseId(), untilExpiration, false));
        }
        if (terms.leased() && !terms.ttl().isZero()) {
            return new Validity(terms.renewable() ? Nature.RENEWABLE : Nature.EXPIRING, terms);
        }
        Duration secretId = seconds(data, "secret_id_ttl");
        if (secretId != null && !secretId.isZero() && data.get("secret_id") != null) {
            return new Validity(Nature.EXPIRING, new LeaseTerms("", secretId, false));
        }
        Duration ttl = seconds(data, "ttl");
        if (ttl != null && data.get("rotation_period") != null) {
            return new Validity(Nature.SCHEDULED, new LeaseTerms("", ttl, false));
        }
        return new Validity(Nature.STATIC, new LeaseTerms("", secret.leaseDuration(), false));
    }

    private static Validity of(MadeToken made) {
        AuthToken token = made.token();
        LeaseTerms terms = new LeaseTerms("", token.ttl(), token.renewable());
        if (token.ttl().isZero()) {
            return new Validity(Nature.STATIC, terms, made);
        }
        return new Validity(token.renewable() ? Nature.RENEWABLE : Nature.EXPIRING, terms, made);
    }

    private static @Nullable Duration untilExpiration(JsonObject data, Instant now) {
        Duration expiration = seconds(data, "expiration");
        if (expiration == null || expiration.isZero() || data.get("certificate") == null) {
            return null;
        }
        Duration left = Duration.between(now, Instant.ofEpochSecond(expiration.toSeconds()));
        return left.isNegative() || left.isZero() ? Duration.ofMillis(1) : left;
    }

    private static @Nullable Duration seconds(JsonObject data, String name) {
        JsonValue value = data.get(name);
        if (value == null || !value.isNumber()) {
            return null;
        }
        double seconds = value.asDouble();
        return seconds >= 0 && seconds < Long.MAX_VALUE / 1e9 ? Duration.ofMillis((long) (seconds * 1000)) : null;
    }
}
