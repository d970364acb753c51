package io.purser.certs.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.purser.certs.authority.Pem;
import io.purser.certs.rotation.Authority;
import io.purser.certs.rotation.TrustState;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Secret's form: {@code ca.crt} is the bundle, for people and other programs; {@code authorities.json} is what is
 * read back, a list from the oldest to the newest.
 */
final class TrustSecret {
    private static final String BUNDLE = "ca.crt";
    private static final String AUTHORITIES = "authorities.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private TrustSecret() {}

    static Secret of(TrustState state, Target target, @Nullable String resourceVersion) {
        ArrayNode authorities = JSON.createArrayNode();
        for (Authority authority : state.authorities()) {
            ObjectNode entry = authorities.addObject();
            entry.put("certificate", Pem.ofCertificates(List.of(authority.certificate())));
            putUnlessNull(entry, "privateKey", authority.privateKeyPem());
            putUnlessNull(entry, "usableFrom", authority.usableFrom());
            putUnlessNull(entry, "retiredAt", authority.retiredAt());
        }
        return new SecretBuilder()
                .withNewMetadata()
                .withName(target.secret())
                .withNamespace(target.namespace())
                .withResourceVersion(resourceVersion)
                .addToLabels("app.kubernetes.io/name", "purser")
                .addToLabels("app.kubernetes.io/part-of", "purser")
                .addToLabels("app.kubernetes.io/component", "certs")
                .endMetadata()
                .withType("purser.io/certificate-authority")
                .addToStringData(Map.of(BUNDLE, state.bundle(), AUTHORITIES, authorities.toPrettyString()))
                .build();
    }

    /** The state in the Secret; empty when a hand has spoilt it. */
    static Optional<TrustState> read(Secret secret) {
        String text = text(secret);
        if (text == null) {
            return Optional.empty();
        }
        try {
            List<Authority> authorities = new ArrayList<>();
            for (JsonNode entry : JSON.readTree(text)) {
                Authority authority = new Authority(
                        Pem.certificates(entry.path("certificate").asText()).get(0),
                        entry.path("privateKey").textValue(),
                        instant(entry.path("usableFrom")),
                        instant(entry.path("retiredAt")));
                authority.issuer(); // a key that is not the certificate's must not come to issue
                authorities.add(authority);
            }
            return Optional.of(new TrustState(authorities));
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static @Nullable String text(Secret secret) {
        if (secret.getStringData() != null && secret.getStringData().containsKey(AUTHORITIES)) {
            return secret.getStringData().get(AUTHORITIES);
        }
        String encoded = secret.getData() == null ? null : secret.getData().get(AUTHORITIES);
        try {
            return encoded == null ? null : new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable Instant instant(JsonNode text) {
        return text.isTextual() ? Instant.parse(text.textValue()) : null;
    }

    private static void putUnlessNull(ObjectNode entry, String field, @Nullable Object value) {
        if (value != null) {
            entry.put(field, value.toString());
        }
    }
}
