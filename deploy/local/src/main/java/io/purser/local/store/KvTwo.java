package io.purser.local.store;

import com.bettercloud.vault.json.Json;
import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The key/value engine, version 2: every write is a version, a deletion can be undone, a destruction cannot. */
final class KvTwo implements Backend {

    private final Map<String, NavigableMap<Integer, Version>> secrets = new TreeMap<>();
    private final Clock clock;

    private static final class Version {
        private final Instant created;
        private @Nullable JsonValue data;
        private @Nullable Instant deleted;
        private boolean destroyed;

        Version(Instant created, JsonValue data) {
            this.created = created;
            this.data = data;
        }

        boolean readable() {
            return deleted == null && !destroyed;
        }

        JsonObject metadata() {
            return new JsonObject()
                    .add("created_time", created.toString())
                    .add("custom_metadata", Json.NULL)
                    .add("deletion_time", deleted == null ? "" : deleted.toString())
                    .add("destroyed", destroyed);
        }
    }

    KvTwo(Clock clock) {
        this.clock = clock;
    }

    @Override
    public boolean exists(String path) {
        int slash = path.indexOf('/');
        return slash >= 0 && secrets.containsKey(path.substring(slash + 1));
    }

    @Override
    public Reply handle(Call call) {
        int slash = call.path().indexOf('/');
        String verb = slash < 0 ? call.path() : call.path().substring(0, slash);
        String path = slash < 0 ? "" : call.path().substring(slash + 1);
        return switch (verb) {
            case "data" -> data(call, path);
            case "metadata" -> metadata(call, path);
            case "delete" -> each(call, path, version -> version.deleted = clock.instant());
            case "undelete" -> each(call, path, version -> version.deleted = null);
            case "destroy" ->
                each(call, path, version -> {
                    version.destroyed = true;
                    version.data = null;
                });
            default -> throw Refusal.unsupported();
        };
    }

    private Reply data(Call call, String path) {
        return switch (call.operation()) {
            case READ -> read(path, call.query().getOrDefault("version", "0"));
            case WRITE -> write(path, call.fields());
            case PATCH -> patch(path, call.fields());
            case DELETE -> {
                NavigableMap<Integer, Version> versions = secrets.get(path);
                if (versions != null) {
                    versions.lastEntry().getValue().deleted = clock.instant();
                }
                yield Reply.noContent();
            }
            case LIST -> throw Refusal.unsupported();
        };
    }

    private Reply read(String path, String number) {
        NavigableMap<Integer, Version> versions = versions(path);
        int wanted = number.equals("0") ? versions.lastKey() : Integer.parseInt(number);
        Version version = versions.get(wanted);
        if (version == null) {
            throw Refusal.notFound();
        }
        JsonValue data = version.data;
        JsonObject answer = new JsonObject()
                .add("data", version.readable() && data != null ? data : Json.NULL)
                .add("metadata", version.metadata().add("version", wanted));
        return Reply.of(version.readable() ? 200 : 404, answer);
    }

    private Reply write(String path, Fields fields) {
        JsonValue data = fields.value("data");
        if (data == null || !data.isObject()) {
            throw new Refusal(400, "no data provided");
        }
        int last = secrets.containsKey(path) ? secrets.get(path).lastKey() : 0;
        JsonValue options = fields.value("options");
        if (options != null && new Fields(options.asObject()).number("cas", last) != last) {
            throw new Refusal(400, "check-and-set parameter did not match the current version");
        }
        Version version = new Version(clock.instant(), data);
        secrets.computeIfAbsent(path, unused -> new TreeMap<>()).put(last + 1, version);
        return Reply.of(version.metadata().add("version", last + 1));
    }

    private Reply patch(String path, Fields fields) {
        JsonValue change = fields.value("data");
        JsonValue latest = versions(path).lastEntry().getValue().data;
        if (change == null || latest == null) {
            throw Refusal.notFound();
        }
        JsonObject merged = new JsonObject(latest.asObject());
        for (JsonObject.Member field : change.asObject()) {
            if (field.getValue().isNull()) {
                merged.remove(field.getName());
            } else {
                merged.set(field.getName(), field.getValue());
            }
        }
        return write(path, new Fields(new JsonObject().add("data", merged)));
    }

    private Reply metadata(Call call, String path) {
        return switch (call.operation()) {
            case LIST -> Reply.keys(KvOne.children(secrets.keySet(), path));
            case READ -> describe(versions(path));
            case DELETE -> {
                secrets.remove(path);
                yield Reply.noContent();
            }
            case WRITE, PATCH -> throw Refusal.unsupported();
        };
    }

    private static Reply describe(NavigableMap<Integer, Version> versions) {
        JsonObject numbered = new JsonObject();
        versions.forEach((number, version) -> {
            JsonObject entry = version.metadata();
            entry.remove("custom_metadata");
            numbered.add(number.toString(), entry);
        });
        return Reply.of(new JsonObject()
                .add("cas_required", false)
                .add("created_time", versions.firstEntry().getValue().created.toString())
                .add("current_version", versions.lastKey())
                .add("custom_metadata", Json.NULL)
                .add("delete_version_after", "0s")
                .add("max_versions", 0)
                .add("oldest_version", 0)
                .add("updated_time", versions.lastEntry().getValue().created.toString())
                .add("versions", numbered));
    }

    private Reply each(Call call, String path, Consumer<Version> change) {
        if (!call.is(Operation.WRITE)) {
            throw Refusal.unsupported();
        }
        NavigableMap<Integer, Version> versions = versions(path);
        for (String number : call.fields().texts("versions")) {
            Version version = versions.get(Integer.parseInt(number));
            if (version != null) {
                change.accept(version);
            }
        }
        return Reply.noContent();
    }

    private NavigableMap<Integer, Version> versions(String path) {
        NavigableMap<Integer, Version> versions = secrets.get(path);
        if (versions == null) {
            throw Refusal.notFound();
        }
        return versions;
    }
}
