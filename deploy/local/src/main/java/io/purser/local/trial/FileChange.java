package io.purser.local.trial;

import java.io.IOException;
import java.time.Duration;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A change of the files that has come to rest.
 *
 * @param files as they are now
 * @param at when the last of them changed, on the clock of {@link System#nanoTime}
 */
record FileChange(SortedMap<String, SecretFiles.File> files, long at) {

    private static final Duration LOOK = Duration.ofMillis(10);

    /** Several secrets of one file come one after the other. */
    private static final Duration REST = Duration.ofMillis(500);

    /** Waits for a first change, and then until nothing more changes; null where nothing does. */
    static @Nullable FileChange await(SecretFiles files, SortedMap<String, SecretFiles.File> before, Duration most)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        FileChange last = null;
        while (true) {
            SortedMap<String, SecretFiles.File> now = files.read();
            long at = System.nanoTime();
            boolean changed = !SecretFiles.changed(last == null ? before : last.files(), now)
                    .isEmpty();
            if (changed) {
                last = new FileChange(now, at);
            } else if (last == null ? at > end : at - last.at() > REST.toNanos()) {
                return last;
            }
            Thread.sleep(LOOK.toMillis());
        }
    }
}
