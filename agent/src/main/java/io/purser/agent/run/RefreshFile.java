package io.purser.agent.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The annotation {@code purser.io/refresh} as the downward API shows it: any new value is a wish. */
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

    private String read() {
        try {
            return file == null ? "" : Files.readString(file);
        } catch (IOException e) {
            return ""; // the annotation is not set
        }
    }
}
