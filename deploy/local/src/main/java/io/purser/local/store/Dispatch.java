package io.purser.local.store;

import com.bettercloud.vault.json.JsonObject;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The store without its HTTP: finds the caller and the backend, asks the policies, lets time pass. One thread at a time. */
final class Dispatch {

    private final Clock clock;
    private final Leases leases = new Leases();
    private final Tokens tokens = new Tokens(leases);
    private final Mounts mounts = new Mounts();
    private final Policies policies = new Policies();
    private final Disclosures disclosures = new Disclosures();
    private final String rootToken;

    Dispatch(Clock clock, Accounts.Opener databases, String rootToken) {
        this.clock = clock;
        this.rootToken = rootToken;
        Engines engines = new Engines(tokens, leases, clock, databases);
        SystemBackend system = new SystemBackend(engines, mounts, policies, leases, clock);
        mounts.add(new Mounts.Mount("sys/", "system", Map.of(), system));
        mounts.add(new Mounts.Mount("auth/token/", "token", Map.of(), new TokenBackend(tokens, clock)));
        mounts.add(new Mounts.Mount("secret/", "kv", Map.of("version", "2"), new KvTwo(clock)));
        mounts.add(new Mounts.Mount("cubbyhole/", "cubbyhole", Map.of(), new KvOne()));
        tokens.root(rootToken, clock.instant());
    }

    Leases leases() {
        return leases;
    }

    Disclosures disclosures() {
        return disclosures;
    }

    Tokens tokens() {
        return tokens;
    }

    /** Ends what has come to its end. */
    synchronized void passTime() {
        tokens.expire(clock.instant());
        leases.expire(clock.instant());
    }

    /**
     * Answers one request.
     *
     * @param path below {@code /v1/}, decoded
     * @param tokenId what the caller sent, or null
     */
    synchronized Reply answer(
            Operation operation, String path, Map<String, String> query, JsonObject body, @Nullable String tokenId) {
        passTime();
        Reply reply = attempt(operation, path, query, body, tokenId);
        if (!rootToken.equals(tokenId)) {
            disclosures.gave(operation, path, reply);
        }
        return reply;
    }

    private Reply attempt(
            Operation operation, String path, Map<String, String> query, JsonObject body, @Nullable String tokenId) {
        try {
            return route(operation, path, query, body, tokenId);
        } catch (Refusal refusal) {
            return Reply.error(refusal);
        } catch (NumberFormatException | UnsupportedOperationException e) {
            return Reply.error(new Refusal(400, "error converting input: " + e.getMessage()));
        }
    }

    private Reply route(
            Operation operation, String path, Map<String, String> query, JsonObject body, @Nullable String tokenId) {
        Mounts.Mount mount = mounts.find(path);
        String inner = mount == null || path.length() < mount.path().length()
                ? ""
                : path.substring(mount.path().length());
        if (mount != null && mount.backend().open(inner)) {
            return mount.backend().handle(new Call(operation, inner, query, new Fields(body), null, path));
        }
        Token token = tokenId == null ? null : tokens.find(tokenId);
        if (token == null) {
            throw Refusal.denied();
        }
        boolean lastUse = token.spend();
        try {
            if (!path.startsWith("sys/internal/ui/mounts")) { // which asks the policies itself
                authorize(
                        operation, path, token, mount == null || mount.backend().exists(inner));
            }
            if (mount == null) {
                throw new Refusal(404, "no handler for route \"" + path + "\". route entry not found.");
            }
            String place = inner.endsWith("/") ? inner.substring(0, inner.length() - 1) : inner;
            return mount.backend().handle(new Call(operation, place, query, new Fields(body), token, path));
        } finally {
            if (lastUse) {
                tokens.revoke(token);
            }
        }
    }

    private void authorize(Operation operation, String path, Token token, boolean exists) {
        Set<Capability> anyOf =
                switch (operation) {
                    case READ -> EnumSet.of(Capability.READ);
                    case LIST -> EnumSet.of(Capability.LIST);
                    case WRITE -> EnumSet.of(exists ? Capability.UPDATE : Capability.CREATE);
                    case PATCH -> EnumSet.of(Capability.PATCH);
                    case DELETE -> EnumSet.of(Capability.DELETE);
                };
        boolean allowed = policies.allows(token, path, anyOf)
                || (operation == Operation.LIST && policies.allows(token, path + "/", anyOf));
        if (!allowed) {
            throw new Refusal(403, "1 error occurred:\n\t* permission denied\n\n");
        }
    }
}
