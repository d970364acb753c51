package io.purser.agent.run;

import io.purser.agent.lease.AuthToken;
import io.purser.agent.volume.FileMode;
import io.purser.agent.volume.SecretVolumes;
import io.purser.agent.volume.VolumeException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The file with the store's token that a pod for Vault's own agent may ask for.
 *
 * @param destination absolute path, or null where none was asked for
 */
record TokenSink(@Nullable String destination, SecretVolumes volumes, EventLog log) {

    private static final FileMode MODE = FileMode.parse("0640");

    void write(AuthToken token) {
        if (destination == null) {
            return;
        }
        try {
            volumes.write(destination, token.value().text().getBytes(StandardCharsets.UTF_8), MODE);
        } catch (VolumeException e) {
            log.error("token file not written", "file", destination, "reason", String.valueOf(e.getMessage()));
        }
    }
}
