package io.purser.local.template;

/** A file beside a template cannot be read or does not have its format. The message names the file. */
final class FixtureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FixtureException(String message) {
        super(message);
    }

    FixtureException(String message, Throwable cause) {
        super(message, cause);
    }
}
