package io.purser.local.store;

import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The auth method {@code jwt}: any token signed by one of the configured {@code jwt_validation_pubkeys}. */
final class JwtAuth extends LoginMethod {

    private static final Duration LEEWAY = Duration.ofSeconds(150);

    private List<PublicKey> keys = List.of();

    JwtAuth(Tokens tokens, Clock clock) {
        super(tokens, clock);
    }

    @Override
    void configure(Fields asked) {
        keys = asked.texts("jwt_validation_pubkeys").stream()
                .map(Jwt::publicKey)
                .toList();
    }

    @Override
    Login check(Fields asked) {
        Fields config = config();
        if (config == null) {
            throw new Refusal(400, "could not load configuration");
        }
        String name = asked.text("role", config.text("default_role"));
        if (name.isEmpty()) {
            throw new Refusal(400, "missing role");
        }
        Fields role = role(name);
        if (role == null) {
            throw new Refusal(400, "role \"" + name + "\" could not be found");
        }
        String token = asked.text("jwt");
        if (token.isEmpty()) {
            throw new Refusal(400, "missing token");
        }
        Jwt jwt = verified(token, config, role);
        checkClaims(jwt, role);
        Map<String, String> metadata = new TreeMap<>(Map.of("role", name));
        members(role, "claim_mappings").forEach(member -> {
            String claim = jwt.claim(member.getName());
            if (!claim.isEmpty()) {
                metadata.put(member.getValue().asString(), claim);
            }
        });
        return new Login(role, metadata, "jwt-" + jwt.claim(role.text("user_claim", "sub")));
    }

    private Jwt verified(String token, Fields config, Fields role) {
        Jwt jwt = Jwt.parse(token);
        if (jwt == null) {
            throw invalid("error verifying token signature: go-jose/go-jose: compact JWS format must have three parts");
        }
        if (!jwt.signedBy(keys)) {
            throw invalid("error verifying token signature: no known key successfully validated the token signature");
        }
        String untimely = jwt.untimely(now(), LEEWAY);
        if (untimely != null) {
            throw invalid(untimely);
        }
        String issuer = config.text("bound_issuer");
        if (!issuer.isEmpty() && !issuer.equals(jwt.claim("iss"))) {
            throw invalid("invalid issuer (iss) claim");
        }
        String subject = role.text("bound_subject");
        if (!subject.isEmpty() && !subject.equals(jwt.claim("sub"))) {
            throw invalid("invalid subject (sub) claim");
        }
        List<String> audiences = role.texts("bound_audiences");
        if (!audiences.isEmpty() && !jwt.forAudience(audiences)) {
            throw invalid("invalid audience (aud) claim: audience claim does not match any expected audience");
        }
        return jwt;
    }

    private static void checkClaims(Jwt jwt, Fields role) {
        for (JsonObject.Member bound : members(role, "bound_claims")) {
            List<String> allowed = new Fields(new JsonObject().add("x", bound.getValue())).texts("x");
            if (!allowed.contains(jwt.claim(bound.getName()))) {
                throw new Refusal(
                        400,
                        "error validating claims: claim \"" + bound.getName()
                                + "\" does not match any associated bound claim values");
            }
        }
    }

    private static JsonObject members(Fields role, String name) {
        JsonValue value = role.value(name);
        return value == null ? new JsonObject() : value.asObject();
    }

    private static Refusal invalid(String why) {
        return new Refusal(400, "error validating token: " + why);
    }
}
