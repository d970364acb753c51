package io.purser.local.cluster;

/** What a person gave is no pod that the API server would take; one sentence or several lines. */
public final class InvalidManifestException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Says what is wrong.
     *
     * @param message names the file or the pod, and what would be right
     */
    public InvalidManifestException(String message) {
        super(message);
    }
}
