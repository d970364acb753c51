package io.purser.local.store;

import com.bettercloud.vault.json.JsonArray;
import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the store gave to callers other than root, and what it refused them. Safe for use by several threads. */
public final class Disclosures {

    private final Set<String> values = new LinkedHashSet<>();
    private final Set<String> reads = new LinkedHashSet<>();
    private final List<Refused> refused = new ArrayList<>();

    /**
     * A request for a secret that failed.
     *
     * @param path the secret's path, as it was asked for
     * @param status 403 where the caller's policies do not allow it, 404 where there is none
     */
    public record Refused(String path, int status) {}

    synchronized void gave(Operation operation, String path, Reply reply) {
        JsonObject body = reply.body();
        if (body == null) {
            return;
        }
        JsonValue auth = body.get("auth");
        if (auth != null && auth.isObject()) {
            values.add(auth.asObject().getString("client_token"));
            return;
        }
        if (path.startsWith("sys/") || path.startsWith("auth/")) {
            return;
        }
        boolean read = operation == Operation.READ || operation == Operation.WRITE;
        if (reply.status() == 200 && read) {
            reads.add(path);
            collect(body.get("data"));
        } else if (read && (reply.status() == 403 || reply.status() == 404 || reply.status() == 400)) {
            refused.add(new Refused(path, reply.status()));
        }
    }

    private void collect(JsonValue value) {
        if (value instanceof JsonObject object) {
            for (JsonObject.Member member : object) {
                if (!member.getName().equals("metadata")) {
                    collect(member.getValue());
                }
            }
        } else if (value instanceof JsonArray array) {
            array.forEach(this::collect);
        } else if (value != null && value.isString()) {
            values.add(value.asString());
        } else if (value != null && value.isNumber()) {
            values.add(value.toString());
        }
    }

    /** Every text and number of every secret that was given out, and every token: secrets. */
    public synchronized Set<String> values() {
        return new LinkedHashSet<>(values);
    }

    /** The paths of the secrets that were given out, in the order of their first reading. */
    public synchronized List<String> reads() {
        return List.copyOf(reads);
    }

    /** The requests that were refused, in order. */
    public synchronized List<Refused> refused() {
        return List.copyOf(refused);
    }

    @Override
    public String toString() {
        return "Disclosures[REDACTED]";
    }
}
