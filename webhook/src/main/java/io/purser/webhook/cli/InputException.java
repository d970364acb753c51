package io.purser.webhook.cli;

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
}
