package io.purser.local.kubelet;

import com.fasterxml.jackson.databind.JsonNode;
import io.purser.local.cluster.InvalidManifestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads {@code fileKeyRef}: a variable from a file of lines {@code KEY='value'} on a volume. */
final class FileKeys {

    private FileKeys() {}

    static @Nullable String read(PodVolumes volumes, JsonNode reference) throws InvalidManifestException {
        String key = reference.path("key").asText();
        Path file = volumes.path(reference.path("volumeName").asText())
                .resolve(reference.path("path").asText());
        try {
            for (String line : Files.readString(file).split("\n", -1)) {
                if (line.startsWith(key + "=")) {
                    String value = line.substring(key.length() + 1);
                    boolean quoted = value.length() >= 2 && value.startsWith("'") && value.endsWith("'");
                    return quoted ? value.substring(1, value.length() - 1) : value;
                }
            }
        } catch (IOException e) {
            throw new InvalidManifestException(
                    "the file " + reference.path("path").asText() + " on the volume "
                            + reference.path("volumeName").asText() + ", from which the variable " + key
                            + " comes, is not there");
        }
        if (reference.path("optional").asBoolean()) {
            return null;
        }
        throw new InvalidManifestException("the file " + reference.path("path").asText() + " has no variable " + key);
    }
}
