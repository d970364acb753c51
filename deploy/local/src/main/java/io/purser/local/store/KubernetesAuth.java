package io.purser.local.store;

import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The auth method {@code kubernetes}: a pod's service-account token, checked against the configured {@code pem_keys}. A
 * real store asks the API server besides (TokenReview); the signature, the times and the names say the same here.
 */
final class KubernetesAuth extends LoginMethod {

    private List<PublicKey> keys = List.of();

    KubernetesAuth(Tokens tokens, Clock clock) {
        super(tokens, clock);
    }

    @Override
    void configure(Fields asked) {
        keys = asked.texts("pem_keys").stream().map(Jwt::publicKey).toList();
    }

    @Override
    Login check(Fields asked) {
        String name = required(asked, "role");
        String token = required(asked, "jwt");
        Fields role = role(name);
        if (role == null) {
            throw new Refusal(400, "invalid role name \"" + name + "\"");
        }
        if (config() == null) {
            throw new Refusal(500, "could not load backend configuration");
        }
        Jwt jwt = Jwt.parse(token);
        if (jwt == null || !jwt.signedBy(keys)) {
            throw Refusal.denied();
        }
        String untimely = jwt.untimely(now(), Duration.ofSeconds(10));
        if (untimely != null) {
            throw new Refusal(403, untimely);
        }
        String audience = role.text("audience");
        if (!audience.isEmpty() && !jwt.forAudience(List.of(audience))) {
            throw new Refusal(403, "invalid audience (aud) claim: audience claim does not match any expected audience");
        }
        String namespace = jwt.claim("/kubernetes.io/namespace");
        String account = jwt.claim("/kubernetes.io/serviceaccount/name");
        if (!bound(role.texts("bound_service_account_namespaces"), namespace)) {
            throw new Refusal(403, "namespace not authorized");
        }
        if (!bound(role.texts("bound_service_account_names"), account)) {
            throw new Refusal(403, "service account name not authorized");
        }
        Map<String, String> metadata = Map.of(
                "role", name,
                "service_account_name", account,
                "service_account_namespace", namespace,
                "service_account_secret_name", "",
                "service_account_uid", jwt.claim("/kubernetes.io/serviceaccount/uid"));
        return new Login(role, metadata, "kubernetes-" + namespace + "-" + account);
    }

    private static String required(Fields asked, String name) {
        String value = asked.text(name);
        if (value.isEmpty()) {
            throw new Refusal(400, "missing " + name);
        }
        return value;
    }

    private static boolean bound(List<String> names, String name) {
        return !name.isEmpty()
                && names.stream()
                        .anyMatch(bound -> bound.endsWith("*")
                                ? name.startsWith(bound.substring(0, bound.length() - 1))
                                : bound.equals(name));
    }
}
