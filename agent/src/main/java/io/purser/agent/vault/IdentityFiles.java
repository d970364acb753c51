package io.purser.agent.vault;

import io.purser.agent.lease.StoreException;
import io.purser.agent.lease.StoreException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files in which the pod's identity is.
 *
 * @param root what every absolute path is put below: {@code /} in a pod
 */
record IdentityFiles(Path root) {

    /**
     * Reads one, without the white space around it.
     *
     * @param what it is, for messages
     * @throws StoreException {@code DENIED} if it cannot be read or is empty
     */
    String read(String file, String what) {
        if (!file.startsWith("/")) {
            throw new StoreException(
                    Kind.DENIED, "no file is given for " + what + "; set its absolute path in the auth settings");
        }
        String text;
        try {
            text = Files.readString(inside(file), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new StoreException(
                    Kind.DENIED,
                    what + " cannot be read from " + file + " (" + e.getClass().getSimpleName()
                            + "); check that its volume is mounted in the agent's container",
                    null,
                    e);
        }
        if (text.isEmpty()) {
            throw new StoreException(Kind.DENIED, what + " is missing: " + file + " is empty; check who writes it");
        }
        return text;
    }

    boolean exists(String file) {
        return file.startsWith("/") && Files.isReadable(inside(file));
    }

    Path inside(String file) {
        return root.resolve(file.replaceFirst("^/+", ""));
    }
}
