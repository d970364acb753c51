package io.purser.webhook.cli.manifest;

/**
 * A place in a file.
 *
 * @param source the file's name, or {@code -} for the standard input
 * @param line from 1
 */
public record Position(String source, int line) {

    @Override
    public String toString() {
        return source + ":" + line;
    }
}
