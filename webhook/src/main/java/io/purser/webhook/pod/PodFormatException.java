package io.purser.webhook.pod;

import java.io.IOException;

/** The JSON is not a pod's. The message is one sentence that names the place. */
public final class PodFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    /** With the sentence. */
    public PodFormatException(String message) {
        super(message);
    }
}
