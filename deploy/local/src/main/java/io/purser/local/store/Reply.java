package io.purser.local.store;

import com.bettercloud.vault.json.Json;
import com.bettercloud.vault.json.JsonArray;
import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An answer on its way out.
 *
 * @param status the HTTP status
 * @param body null for an answer without one
 */
record Reply(int status, @Nullable JsonObject body) {

    static Reply noContent() {
        return new Reply(204, null);
    }

    static Reply raw(int status, JsonObject body) {
        return new Reply(status, body);
    }

    static Reply of(JsonObject inner) {
        return of(200, inner);
    }

    static Reply of(int status, JsonObject inner) {
        return new Reply(status, envelope("", false, Duration.ZERO).set("data", inner));
    }

    static Reply withDuration(JsonObject inner, Duration duration) {
        return new Reply(200, envelope("", false, duration).set("data", inner));
    }

    /** A secret with a lease of its own; {@code inner} is null in the answer to a renewal. */
    static Reply leased(Lease lease, Duration ttl, @Nullable JsonObject inner) {
        JsonObject body = envelope(lease.id(), lease.renewable(), ttl);
        return new Reply(200, inner == null ? body : body.set("data", inner));
    }

    static Reply auth(Token token, Duration ttl) {
        JsonArray policies = Fields.array(token.policies());
        JsonObject metadata = new JsonObject();
        token.metadata().forEach(metadata::add);
        JsonObject auth = new JsonObject()
                .add("client_token", token.id())
                .add("accessor", token.accessor())
                .add("policies", policies)
                .add("token_policies", policies)
                .add("metadata", metadata.isEmpty() ? Json.NULL : metadata)
                .add("lease_duration", ttl.toSeconds())
                .add("renewable", token.renewable())
                .add("entity_id", "")
                .add("token_type", token.batch() ? "batch" : "service")
                .add("orphan", token.orphan())
                .add("mfa_requirement", Json.NULL)
                .add("num_uses", token.usesLeft());
        return new Reply(200, envelope("", false, Duration.ZERO).set("auth", auth));
    }

    static Reply keys(Iterable<String> keys) {
        JsonArray array = Fields.array(keys);
        if (array.isEmpty()) {
            throw Refusal.notFound();
        }
        return of(new JsonObject().add("keys", array));
    }

    static Reply error(Refusal refusal) {
        String message = refusal.getMessage();
        JsonArray errors = message == null || message.isEmpty() ? new JsonArray() : Fields.array(List.of(message));
        return new Reply(refusal.status(), new JsonObject().add("errors", errors));
    }

    Reply warn(@Nullable String warning) {
        if (warning != null && body != null) {
            body.set("warnings", Fields.array(List.of(warning)));
        }
        return this;
    }

    private static JsonObject envelope(String leaseId, boolean renewable, Duration duration) {
        JsonValue none = Json.NULL;
        return new JsonObject()
                .add("request_id", UUID.randomUUID().toString())
                .add("lease_id", leaseId)
                .add("renewable", renewable)
                .add("lease_duration", duration.toSeconds())
                .add("data", none)
                .add("wrap_info", none)
                .add("warnings", none)
                .add("auth", none);
    }
}
