package io.purser.agent.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The annotation {@code purser.io/refresh} as the downward API shows it: any new value is a wish. The value that was seen last
 * is handed over with the state, so that a change between two runs of the agent is seen by the second.
 */
final class RefreshFile {

    private final @Nullable Path file;
    private String last;

    RefreshFile(PodPaths paths, @Nullable String file) {
        this.file = file == null ? null : paths.of(file);
        this.last = read();
    }

    /** Whether it has another value than at the last call. */
    boolean changed() {
        String now = read();
        boolean changed = !now.equals(last);
        last = now;
        return changed;
    }

    /** The value that was seen last; empty for none. */
    String seen() {
        return last;
    }

    /** An earlier run of the agent has seen this value. */
    void goOnFrom(String seen) {
        last = seen;
    }

    private String read() {
        try {
            return file == null ? "" : Files.readString(file);
        } catch (IOException e) {
            return ""; // the annotation is not set
        }
    }
}
