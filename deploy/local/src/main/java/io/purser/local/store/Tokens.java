package io.purser.local.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All live tokens. A token that ends takes its children and its leases with it. */
final class Tokens {

    private final Map<String, Token> byId = new LinkedHashMap<>();
    private final Leases leases;
    private long issued;

    Tokens(Leases leases) {
        this.leases = leases;
    }

    /** The root token, under a given id. */
    Token root(String id, Instant now) {
        Token.Grant grant =
                new Token.Grant(Set.of("root"), Map.of(), "auth/token/create", "root", false, false, 0, null);
        Token token = new Token(id, Ids.random(), grant, Term.forever(now));
        byId.put(id, token);
        return token;
    }

    Token issue(Token.Grant grant, Term term) {
        String id = (grant.batch() ? "b." : "s.") + Ids.random();
        Token token = new Token(id, grant.batch() ? "" : Ids.random(), grant, term);
        byId.put(id, token);
        issued++;
        return token;
    }

    @Nullable
    Token find(String id) {
        return byId.get(id);
    }

    @Nullable
    Token findAccessor(String accessor) {
        return byId.values().stream()
                .filter(token -> !accessor.isEmpty() && token.accessor().equals(accessor))
                .findFirst()
                .orElse(null);
    }

    /** How many live tokens there are besides root tokens. */
    int live() {
        return (int) byId.values().stream().filter(token -> !token.root()).count();
    }

    long issued() {
        return issued;
    }

    void revoke(Token token) {
        if (byId.remove(token.id()) == null) {
            return;
        }
        for (Token child : new ArrayList<>(byId.values())) {
            if (token.equals(child.parent())) {
                revoke(child);
            }
        }
        leases.revokeOf(token);
    }

    void revokeAll() {
        new ArrayList<>(byId.values()).stream().filter(token -> !token.root()).forEach(this::revoke);
    }

    void expire(Instant now) {
        for (Token token : new ArrayList<>(byId.values())) {
            if (token.term().over(now)) {
                revoke(token);
            }
        }
    }
}
