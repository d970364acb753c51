package io.purser.local.trial;

/** A trial that cannot go on: one sentence, and the exit code that it means. */
public final class TrialException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private TrialException(int exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    /** The input is at fault. */
    static TrialException input(String sentence) {
        return new TrialException(1, sentence);
    }

    /** Something outside failed. */
    static TrialException outside(String sentence) {
        return new TrialException(3, sentence);
    }

    /** The agent ended with an exit code of its own. */
    static TrialException agent(int exitCode, String sentence) {
        return new TrialException(exitCode == 1 || exitCode == 2 ? 1 : 3, sentence);
    }

    int exitCode() {
        return exitCode;
    }
}
