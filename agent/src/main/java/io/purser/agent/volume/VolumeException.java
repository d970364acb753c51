package io.purser.agent.volume;

/**
 * A file could not be written. The message is one sentence that names the file and the volume, and the next step; what was
 * there before is still there.
 */
public final class VolumeException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What kind of fault it was. */
    private final Fault fault;

    VolumeException(Fault fault, String message, Throwable cause) {
        super(message, cause);
        this.fault = fault;
    }

    VolumeException(Fault fault, String message) {
        super(message);
        this.fault = fault;
    }

    /** What kind of fault it was, for metrics and for the decision whether waiting helps. */
    public Fault fault() {
        return fault;
    }

    /** The kinds of fault. */
    public enum Fault {
        /** The volume's size limit is met. */
        FULL,
        /** The volume is mounted read-only, or this process may not write there. */
        NOT_WRITABLE,
        /** The destination leaves the volume, or a link or a directory is in its way. */
        UNSAFE_DESTINATION,
        /** Anything else that the file system said. */
        BROKEN
    }
}
