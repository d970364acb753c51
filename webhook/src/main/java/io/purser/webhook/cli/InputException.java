package io.purser.webhook.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** What a person gave is wrong; each sentence says what, and what would be right. */
final class InputException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<String> sentences;

    InputException(List<String> sentences) {
        super(String.join("\n", sentences));
        this.sentences = sentences;
    }

    InputException(String sentence) {
        this(List.of(sentence));
    }

    List<String> sentences() {
        return sentences;
    }

    /**
     * A file that cannot be read.
     *
     * @param what what it is to the command, for example {@code The policy file}
     */
    static InputException unreadable(String what, Path file, IOException e) {
        String why;
        if (e instanceof NoSuchFileException) {
            why = "does not exist; correct the path.";
        } else if (e instanceof AccessDeniedException) {
            why = "may not be read by this user.";
        } else if (e instanceof CharacterCodingException) {
            why = "is not text in UTF-8.";
        } else {
            String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
            why = "cannot be read" + (reason == null ? "." : ": " + reason + ".");
        }
        return new InputException(what + " " + file + " " + why);
    }
}
