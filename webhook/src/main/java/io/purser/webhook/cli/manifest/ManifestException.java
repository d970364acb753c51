package io.purser.webhook.cli.manifest;

/** A manifest that cannot be read; the message is one sentence that begins with the file and the line. */
public final class ManifestException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Position position;
    private final String sentence;

    ManifestException(Position position, String sentence) {
        super(position + ": " + sentence);
        this.position = position;
        this.sentence = sentence;
    }

    /** Where it cannot be read. */
    public Position position() {
        return position;
    }

    /** The message without the place. */
    public String sentence() {
        return sentence;
    }
}
