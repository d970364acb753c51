package io.purser.agent.run;

import com.bettercloud.vault.json.Json;
import com.bettercloud.vault.json.JsonArray;
import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import com.bettercloud.vault.json.ParseException;
import io.purser.agent.lease.LeaseState;
import io.purser.agent.volume.FileMode;
import io.purser.agent.volume.SecretVolume;
import io.purser.agent.volume.VolumeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The token, the leases and their data, on the memory volume that only the agent's containers mount: what init leaves to the
 * sidecar, and a container to its successor.
 */
final class StateFile {

    private static final String NAME = "state.json";
    private static final String REFRESH = "refresh";
    private static final String ANNOUNCE = "announce";
    /** The clock that is kept only tells a machine's clock that went back meanwhile, so it may be as old as this. */
    private static final Duration CLOCK_AGE = Duration.ofMinutes(1);

    private static final FileMode OWNER_ONLY = FileMode.parse("0600");

    private final Path file;
    private final String destination;
    private final SecretVolume volume;
    private final RefreshFile refresh;
    private final Announcer announcer;
    private final EventLog log;
    private @Nullable LeaseState kept;
    private String keptRefresh = "";
    private Set<String> keptPending = Set.of();
    private String problem = "";

    StateFile(PodPaths paths, String stateDirectory, RefreshFile refresh, Announcer announcer, EventLog log) {
        this.destination = stateDirectory + "/" + NAME;
        this.file = paths.of(destination);
        this.volume = new SecretVolume(paths.root(), stateDirectory);
        this.refresh = refresh;
        this.announcer = announcer;
        this.log = log;
    }

    /** Keeps the state, if it differs from what was kept last. A state that cannot be kept costs a login later, no more. */
    void save(LeaseState state, SecretBook book) {
        Set<String> pending = announcer.pending();
        if (isKept(state) && keptPending.equals(pending)) {
            return;
        }
        JsonArray announce = new JsonArray();
        for (String destination : pending) {
            announce.add(destination);
        }
        String text = StateJson.write(state, book)
                .add(REFRESH, refresh.seen())
                .add(ANNOUNCE, announce)
                .toString();
        try {
            volume.write(destination, text.getBytes(StandardCharsets.UTF_8), OWNER_ONLY);
            kept = state;
            keptRefresh = refresh.seen();
            keptPending = pending;
            problem = "";
        } catch (VolumeException e) {
            String reason = String.valueOf(e.getMessage());
            if (!reason.equals(problem)) { // it is tried again each second
                problem = reason;
                log.warn("state not kept", "reason", reason);
            }
        }
    }

    /** Asked each second. What did not change is the same object, and the clock alone counts only when it is far on. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isKept(LeaseState state) {
        LeaseState before = kept;
        return before != null
                && before.token() == state.token()
                && areSame(before.secrets().values(), state.secrets().values())
                && areSame(before.superseded(), state.superseded())
                && keptRefresh.equals(refresh.seen())
                && Duration.between(before.clock(), state.clock()).compareTo(CLOCK_AGE) < 0;
    }

    private static boolean areSame(Collection<?> before, Collection<?> now) {
        Iterator<?> others = before.iterator();
        for (Object one : now) {
            if (!others.hasNext() || others.next() != one) {
                return false;
            }
        }
        return !others.hasNext();
    }

    /**
     * What was kept, or null. The book gets the secrets' data.
     *
     * @param now by which moments of the state are judged
     */
    @Nullable
    LeaseState load(SecretBook book, Instant now) {
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try {
            JsonValue json = Json.parse(Files.readString(file));
            if (!json.isObject()) {
                return null;
            }
            refresh.goOnFrom(json.asObject().getString(REFRESH, refresh.seen()));
            announcer.goOnFrom(pending(json.asObject().get(ANNOUNCE)));
            return StateJson.read(json.asObject(), book, now);
        } catch (IOException
                | ParseException
                | DateTimeException
                | IllegalArgumentException
                | NullPointerException
                | UnsupportedOperationException e) { // the last two by what is missing, or of another kind
            log.warn(
                    "state not readable",
                    "file",
                    destination,
                    "reason",
                    e.getClass().getSimpleName());
            return null;
        }
    }

    /** An older agent did not keep them. */
    private static Set<String> pending(@Nullable JsonValue announce) {
        Set<String> pending = new LinkedHashSet<>();
        if (announce != null) {
            for (JsonValue destination : announce.asArray()) {
                pending.add(destination.asString());
            }
        }
        return pending;
    }

    /** Forgets what was kept. */
    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn(
                    "state not deleted",
                    "file",
                    destination,
                    "reason",
                    e.getClass().getSimpleName());
        }
    }

    static JsonObject object(JsonObject json, String name) {
        JsonValue value = json.get(name);
        if (value == null || !value.isObject()) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value.asObject();
    }
}
