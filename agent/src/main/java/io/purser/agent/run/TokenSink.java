package io.purser.agent.run;

import io.purser.agent.lease.SecretValue;
import io.purser.agent.lease.TokenState;
import io.purser.agent.volume.FileMode;
import io.purser.agent.volume.SecretVolumes;
import io.purser.agent.volume.VolumeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The file with the store's token that a pod may ask for. One that cannot be written is tried again at each look: until then
 * the application has none, or one that ends soon.
 */
final class TokenSink {

    private static final FileMode MODE = FileMode.parse("0640");

    private final @Nullable String destination;
    private final PodPaths paths;
    private final SecretVolumes volumes;
    private final EventLog log;
    private @Nullable SecretValue written;
    private @Nullable String problem;

    /** @param destination absolute path, or null where none was asked for */
    TokenSink(@Nullable String destination, PodPaths paths, SecretVolumes volumes, EventLog log) {
        this.destination = destination;
        this.paths = paths;
        this.volumes = volumes;
        this.log = log;
    }

    /** Gives the application the token, if it does not have it yet. */
    void offer(@Nullable TokenState token) {
        if (destination == null || token == null || token.token().value().equals(written)) {
            return;
        }
        SecretValue value = token.token().value();
        try {
            volumes.write(destination, value.text().getBytes(StandardCharsets.UTF_8), MODE);
            written = value;
            problem = null;
        } catch (VolumeException e) {
            String reason = String.valueOf(e.getMessage());
            if (!reason.equals(problem)) {
                log.error("token file not written", "file", destination, "reason", reason);
            }
            problem = reason;
        }
    }

    /** What the application waits for, or null when it has what it asked for. */
    @Nullable
    String waiting() {
        if (destination == null || (written != null && problem == null)) {
            return null;
        }
        return "the file " + destination + ": " + (problem == null ? "waiting for the login" : problem);
    }

    /** Whether the file is there, by whichever run of the agent, or not asked for. */
    boolean isOnVolume() {
        Path file = destination == null ? null : paths.of(destination);
        return file == null || Files.isRegularFile(file);
    }
}
