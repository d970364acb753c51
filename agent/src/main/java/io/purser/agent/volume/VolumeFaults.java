package io.purser.agent.volume;

import io.purser.agent.volume.VolumeException.Fault;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Locale;

/** Turns what the operating system says into a sentence that names the file, the volume and the next step. */
final class VolumeFaults {

    private VolumeFaults() {}

    static VolumeException explain(IOException e, String destination, String mount, int size) {
        String reason = reason(e);
        String told = reason.toLowerCase(Locale.ROOT);
        if (told.contains("no space left") || told.contains("quota exceeded")) {
            return new VolumeException(
                    Fault.FULL,
                    "the volume " + mount + " is full, so " + destination + " (" + size
                            + " bytes) was not written and the old file stays; raise the volume's size limit to at least twice"
                            + " the size of its files (purser.io/volume-size)",
                    e);
        }
        if (told.contains("read-only")) {
            return new VolumeException(
                    Fault.NOT_WRITABLE,
                    "the volume " + mount + " is mounted read-only, so " + destination
                            + " was not written; mount it writable in the agent's container",
                    e);
        }
        if (e instanceof AccessDeniedException || told.contains("not permitted")) {
            return new VolumeException(
                    Fault.NOT_WRITABLE,
                    "the agent's user may not write " + destination + " on the volume " + mount
                            + "; let the agent run as the user or with the fsGroup that owns the directory",
                    e);
        }
        return new VolumeException(
                Fault.BROKEN,
                destination + " on the volume " + mount + " could not be written (" + reason
                        + "); the old file stays and the agent tries again",
                e);
    }

    private static String reason(IOException e) {
        if (e instanceof FileSystemException fault && fault.getReason() != null) {
            return fault.getReason();
        }
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
