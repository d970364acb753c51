package io.purser.webhook.cli.manifest;

/** A manifest that cannot be read; the message is one sentence that begins with the file and the line. */
public final class ManifestException extends Exception {

    private static final long serialVersionUID = 1L;

    ManifestException(Position position, String sentence) {
        super(position + ": " + sentence);
    }
}
