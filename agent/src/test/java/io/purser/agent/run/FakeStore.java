package io.purser.agent.run;

import com.bettercloud.vault.json.Json;
import com.bettercloud.vault.json.JsonObject;
import io.purser.agent.lease.AuthToken;
import io.purser.agent.lease.LeaseTerms;
import io.purser.agent.lease.SecretStore;
import io.purser.agent.lease.SecretValue;
import io.purser.agent.lease.StoreException;
import io.purser.agent.lease.StoreException.Kind;
import io.purser.agent.template.source.Secret;
import io.purser.agent.template.source.SecretRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A store in memory. Thread-safe. */
final class FakeStore implements SecretStore {

    private final Map<String, String> answers = new HashMap<>();
    private final Set<String> live = new LinkedHashSet<>();
    private @Nullable Kind trouble;
    private int logins;
    private int fetches;
    private int leases;
    private final Set<String> renewed = new LinkedHashSet<>();
    private final Set<String> endedByHand = new LinkedHashSet<>();
    private boolean revocable = true;

    /** What a request is answered with; {@code $LEASE} becomes a new lease's id each time. */
    synchronized FakeStore with(String fixtureKey, String answer) {
        answers.put(fixtureKey, answer.replace('\'', '"'));
        return this;
    }

    /** Every request fails so, until null. */
    synchronized void trouble(@Nullable Kind kind) {
        trouble = kind;
    }

    /** What logins give from now on cannot be revoked: a batch token, or one that was given in a file. */
    synchronized void givesIrrevocableTokens() {
        revocable = false;
    }

    /** Tokens that were renewed. */
    synchronized Set<String> renewed() {
        return Set.copyOf(renewed);
    }

    /** Tokens that somebody asked to be revoked. */
    synchronized Set<String> endedByHand() {
        return Set.copyOf(endedByHand);
    }

    /** Ends one token, without the agent's knowing. */
    synchronized void end(String token) {
        live.remove(token);
    }

    synchronized void revokeByHand() {
        live.clear();
    }

    synchronized int logins() {
        return logins;
    }

    synchronized int fetches() {
        return fetches;
    }

    synchronized Set<String> liveTokens() {
        return Set.copyOf(live);
    }

    @Override
    public synchronized AuthToken login() {
        fail("logging in");
        String name = "s.marker-token-" + ++logins;
        live.add(name);
        return new AuthToken(
                new SecretValue(name),
                "accessor-" + logins,
                revocable ? Duration.ofHours(1) : Duration.ofMinutes(2),
                revocable,
                revocable);
    }

    @Override
    public synchronized @Nullable Secret fetch(SecretRequest request, AuthToken token) {
        fetches++;
        fail("reading " + request);
        use(token);
        String answer = answers.get(request.fixtureKey());
        if (answer == null) {
            throw new StoreException(Kind.NOT_FOUND, "nothing is at " + request);
        }
        JsonObject json =
                Json.parse(answer.replace("$LEASE", "lease-" + ++leases)).asObject();
        Secret secret = Secret.of(json);
        if (secret.auth() != null) {
            live.add(secret.auth().clientToken());
        }
        return secret;
    }

    @Override
    public synchronized AuthToken renewToken(AuthToken token) {
        fail("renewing the token");
        use(token);
        renewed.add(token.value().text());
        return token;
    }

    @Override
    public synchronized LeaseTerms renewLease(String leaseId, Duration increment, AuthToken token) {
        fail("renewing a lease");
        use(token);
        return new LeaseTerms(leaseId, increment, true);
    }

    @Override
    public synchronized void revokeLease(String leaseId, AuthToken token) {
        use(token);
    }

    @Override
    public synchronized void revokeSelf(AuthToken token) {
        fail("revoking the token");
        endedByHand.add(token.value().text());
        live.remove(token.value().text());
    }

    private void use(AuthToken token) {
        if (!live.contains(token.value().text())) {
            throw new StoreException(Kind.TOKEN_DEAD, "the token is dead");
        }
    }

    private void fail(String what) {
        if (trouble != null) {
            throw new StoreException(trouble, what + " failed");
        }
    }
}
