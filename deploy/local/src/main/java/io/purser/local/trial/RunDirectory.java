package io.purser.local.trial;

import io.purser.local.machine.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder for one trial, in memory where the machine has such a place, and gone afterwards. */
final class RunDirectory implements AutoCloseable {

    private static final Path IN_MEMORY = Path.of("/dev/shm");

    private final Path path;

    private RunDirectory(Path path) {
        this.path = path;
    }

    /** Makes one that only this user can look into. */
    static RunDirectory create() throws IOException {
        boolean memory = Files.isDirectory(IN_MEMORY) && Files.isWritable(IN_MEMORY);
        String prefix = prefix(ProcessHandle.current().pid());
        return new RunDirectory(
                memory ? Files.createTempDirectory(IN_MEMORY, prefix) : Files.createTempDirectory(prefix));
    }

    /** How the names of a process's run directories begin, so that one left behind tells whose it was. */
    static String prefix(long pid) {
        return "purser-try-" + pid + "-";
    }

    Path path() {
        return path;
    }

    /** Removes it with everything in it; links are removed, not followed. */
    @Override
    public void close() throws IOException {
        Folders.remove(path);
    }
}
