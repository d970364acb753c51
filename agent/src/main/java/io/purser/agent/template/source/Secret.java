package io.purser.agent.template.source;

import com.bettercloud.vault.json.Json;
import com.bettercloud.vault.json.JsonArray;
import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The store's whole answer. Numbers in {@code data} keep the text the store sent. Its {@code toString} shows nothing of it.
 *
 * @param requestId the store's name for the request, may be empty
 * @param leaseId empty if there is no lease
 * @param leaseDuration the lease's length; zero if the store gave none
 * @param renewable whether the lease can be renewed
 * @param data the secret itself, or null if the answer had none; with KV version 2 it holds {@code data} and {@code
 *     metadata}
 * @param warnings the store's warnings, or null if it sent none
 * @param auth what a login answers, or null
 * @param wrapInfo what a wrapped answer holds instead of data, or null
 */
public record Secret(
        String requestId,
        String leaseId,
        Duration leaseDuration,
        boolean renewable,
        @Nullable JsonObject data,
        @Nullable List<String> warnings,
        @Nullable Auth auth,
        @Nullable Wrapping wrapInfo) {

    private static final List<String> ENVELOPE = List.of(
            "request_id", "lease_id", "lease_duration", "renewable", "data", "warnings", "auth", "wrap_info", "errors");

    /**
     * The auth block of a login's answer.
     *
     * @param clientToken a secret
     * @param batch whether no store revokes it
     * @param orphan whether it outlives the token that it was made with
     */
    public record Auth(
            String clientToken,
            String accessor,
            @Nullable List<String> policies,
            @Nullable Map<String, String> metadata,
            Duration leaseDuration,
            boolean renewable,
            boolean batch,
            boolean orphan) {
        @Override
        public String toString() {
            return "Auth[REDACTED]";
        }
    }

    /**
     * The wrapping block of a wrapped answer.
     *
     * @param token a secret
     * @param creationTime RFC 3339, as the store sent it
     */
    public record Wrapping(String token, Duration ttl, String creationTime, String wrappedAccessor) {
        @Override
        public String toString() {
            return "Wrapping[REDACTED]";
        }
    }

    /**
     * Reads the store's JSON answer. Members of another type than the store's API gives are taken as absent.
     *
     * @param answer the whole body
     */
    public static Secret of(JsonObject answer) {
        JsonValue data = isBare(answer) ? answer : answer.get("data");
        return new Secret(
                text(answer, "request_id"),
                text(answer, "lease_id"),
                seconds(answer, "lease_duration"),
                bool(answer, "renewable"),
                data != null && data.isObject() ? data.asObject() : null,
                texts(answer, "warnings"),
                auth(answer.get("auth")),
                wrapInfo(answer.get("wrap_info")));
    }

    /** Some endpoints, such as {@code sys/health} and published keys, answer without the store's own envelope. */
    private static boolean isBare(JsonObject answer) {
        for (String member : ENVELOPE) {
            if (answer.get(member) != null) {
                return false;
            }
        }
        return !answer.isEmpty();
    }

    /** The fields a user stored: KV version 2's inner data where the answer has that shape, else the data itself. */
    public JsonObject fields() {
        if (data == null) {
            return new JsonObject();
        }
        JsonValue inner = data.get("data");
        JsonValue metadata = data.get("metadata");
        if (data.size() == 2 && inner != null && metadata != null && metadata.isObject()) {
            return inner.isObject() ? inner.asObject() : new JsonObject();
        }
        return data;
    }

    /**
     * Whether this is the marker that KV version 2 leaves in place of a deleted version. A version that is only going to be
     * deleted ({@code delete_version_after}) says when, and is none.
     */
    public boolean isDeleted(Instant now) {
        JsonValue metadata = data == null ? null : data.get("metadata");
        if (metadata == null || !metadata.isObject()) {
            return false;
        }
        String deletion = text(metadata.asObject(), "deletion_time");
        try {
            return !deletion.isEmpty() && now.isAfter(Instant.parse(deletion));
        } catch (DateTimeParseException e) {
            return false; // as Vault Agent takes it
        }
    }

    @Override
    public String toString() {
        return "Secret[REDACTED]";
    }

    private static @Nullable Auth auth(@Nullable JsonValue value) {
        if (value == null || !value.isObject()) {
            return null;
        }
        JsonObject auth = value.asObject();
        return new Auth(
                text(auth, "client_token"),
                text(auth, "accessor"),
                texts(auth, "policies"),
                metadata(auth.get("metadata")),
                seconds(auth, "lease_duration"),
                bool(auth, "renewable"),
                text(auth, "token_type").equals("batch"),
                bool(auth, "orphan"));
    }

    private static @Nullable Wrapping wrapInfo(@Nullable JsonValue value) {
        if (value == null || !value.isObject()) {
            return null;
        }
        JsonObject wrap = value.asObject();
        return new Wrapping(
                text(wrap, "token"), seconds(wrap, "ttl"), text(wrap, "creation_time"), text(wrap, "wrapped_accessor"));
    }

    private static @Nullable Map<String, String> metadata(@Nullable JsonValue value) {
        if (value == null || !value.isObject()) {
            return null;
        }
        JsonObject object = value.asObject();
        Map<String, String> metadata = new HashMap<>();
        for (String name : object.names()) {
            metadata.put(name, text(object, name));
        }
        return metadata;
    }

    private static String text(JsonObject object, String name) {
        JsonValue value = object.get(name);
        return value != null && value.isString() ? value.asString() : "";
    }

    private static boolean bool(JsonObject object, String name) {
        JsonValue value = object.get(name);
        return value != null && value.equals(Json.TRUE);
    }

    private static Duration seconds(JsonObject object, String name) {
        JsonValue value = object.get(name);
        return value != null && value.isNumber() ? Duration.ofSeconds((long) value.asDouble()) : Duration.ZERO;
    }

    private static @Nullable List<String> texts(JsonObject object, String name) {
        JsonValue value = object.get(name);
        if (value == null || !value.isArray()) {
            return null;
        }
        JsonArray array = value.asArray();
        List<String> texts = new ArrayList<>(array.size());
        for (JsonValue one : array) {
            if (one.isString()) {
                texts.add(one.asString());
            }
        }
        return texts;
    }
}
