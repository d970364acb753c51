package io.purser.local.store;

import com.bettercloud.vault.json.JsonObject;
import java.time.Duration;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The key/value engine, version 1: a secret is its fields, the last write wins. */
final class KvOne implements Backend {

    private final TreeMap<String, JsonObject> secrets = new TreeMap<>();

    @Override
    public boolean exists(String path) {
        return secrets.containsKey(path);
    }

    @Override
    public Reply handle(Call call) {
        return switch (call.operation()) {
            case READ -> read(secrets.get(call.path()));
            case LIST -> Reply.keys(children(secrets.keySet(), call.path()));
            case WRITE -> write(call);
            case DELETE -> {
                secrets.remove(call.path());
                yield Reply.noContent();
            }
            case PATCH -> throw new Refusal(405, "1 error occurred:\n\t* unsupported operation\n\n");
        };
    }

    private Reply write(Call call) {
        if (call.fields().json().isEmpty()) {
            throw new Refusal(400, "missing data fields");
        }
        secrets.put(call.path(), call.fields().json());
        return Reply.noContent();
    }

    private static Reply read(@Nullable JsonObject secret) {
        if (secret == null) {
            throw Refusal.notFound();
        }
        Duration ttl = new Fields(secret).duration("ttl", Term.SYSTEM);
        return Reply.withDuration(secret, ttl);
    }

    /** The next parts of the paths below a folder, folders with a slash at their end. */
    static Iterable<String> children(Iterable<String> paths, String folder) {
        String prefix = folder.isEmpty() || folder.endsWith("/") ? folder : folder + "/";
        TreeSet<String> names = new TreeSet<>();
        for (String path : paths) {
            if (path.startsWith(prefix)) {
                String rest = path.substring(prefix.length());
                int slash = rest.indexOf('/');
                names.add(slash < 0 ? rest : rest.substring(0, slash + 1));
            }
        }
        return names;
    }
}
