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

    /** What a request is answered with; {@code $LEASE} becomes a new lease's id each time. */
    synchronized FakeStore with(String fixtureKey, String answer) {
        answers.put(fixtureKey, answer.replace('\'', '"'));
        return this;
    }

    /** Every request fails so, until null. */
    synchronized void trouble(@Nullable Kind kind) {
        trouble = kind;
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
        return new AuthToken(new SecretValue(name), "accessor-" + logins, Duration.ofHours(1), true, 0);
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
        return Secret.of(json);
    }

    @Override
    public synchronized AuthToken renewToken(AuthToken token) {
        fail("renewing the token");
        use(token);
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
