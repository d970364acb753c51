package io.purser.agent.vault;

import com.bettercloud.vault.json.Json;
import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import com.bettercloud.vault.json.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the store answered.
 *
 * @param status the HTTP status
 * @param body its text, empty for none
 * @param retryAfter how long it asks to wait before the next request, or null
 */
record Answer(int status, String body, @Nullable Duration retryAfter) {

    private static final int OK = 200;
    private static final int NO_CONTENT = 204;

    boolean succeeded() {
        return status == OK || status == NO_CONTENT;
    }

    boolean isEmpty() {
        return status == NO_CONTENT;
    }

    /** The body, if it is a JSON object and whole. */
    Optional<JsonObject> json() {
        try {
            JsonValue value = Json.parse(body);
            return value.isObject() ? Optional.of(value.asObject()) : Optional.empty();
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    /** The object at a name of the body, if it has one. */
    Optional<JsonObject> object(String name) {
        return json().map(object -> object.get(name))
                .filter(JsonValue::isObject)
                .map(JsonValue::asObject);
    }

    /** What the store says went wrong. */
    List<String> errors() {
        List<String> errors = new ArrayList<>();
        json().map(object -> object.get("errors")).filter(JsonValue::isArray).ifPresent(list -> list.asArray()
                .forEach(error -> errors.add(error.isString() ? error.asString() : error.toString())));
        return errors;
    }

    @Override
    public String toString() {
        return "Answer[status=" + status + ", body=[REDACTED]]";
    }
}
