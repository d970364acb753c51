package io.purser.agent.run;

import com.bettercloud.vault.json.Json;
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
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The token, the leases and their data, on the memory volume that only the agent's containers mount: what init leaves to the
 * sidecar, and a container to its successor.
 */
final class StateFile {

    private static final String NAME = "state.json";
    private static final String REFRESH = "refresh";
    private static final FileMode OWNER_ONLY = FileMode.parse("0600");

    private final Path file;
    private final String destination;
    private final SecretVolume volume;
    private final RefreshFile refresh;
    private final EventLog log;
    private @Nullable String last;

    StateFile(PodPaths paths, String stateDirectory, RefreshFile refresh, EventLog log) {
        this.destination = stateDirectory + "/" + NAME;
        this.file = paths.of(destination);
        this.volume = new SecretVolume(paths.root(), stateDirectory);
        this.refresh = refresh;
        this.log = log;
    }

    /** Keeps the state, if it differs from what was kept last. A state that cannot be kept costs a login later, no more. */
    void save(LeaseState state, SecretBook book) {
        String text = StateJson.write(state, book).add(REFRESH, refresh.seen()).toString();
        if (text.equals(last)) {
            return;
        }
        try {
            volume.write(destination, text.getBytes(StandardCharsets.UTF_8), OWNER_ONLY);
            last = text;
        } catch (VolumeException e) {
            log.warn("state not kept", "reason", String.valueOf(e.getMessage()));
        }
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
            return StateJson.read(json.asObject(), book, now);
        } catch (IOException | ParseException | DateTimeException | IllegalArgumentException | NullPointerException e) {
            log.warn(
                    "state not readable",
                    "file",
                    destination,
                    "reason",
                    e.getClass().getSimpleName());
            return null;
        }
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
