package io.purser.agent.run;

/**
 * How the agent ended.
 *
 * @param code the exit code
 * @param sentence why, for the log and the termination message; empty for a good end
 */
record Outcome(int code, String sentence) {

    static final Outcome DONE = new Outcome(0, "");

    static Outcome failed(boolean inputAtFault, String sentence) {
        return new Outcome(inputAtFault ? 1 : 3, sentence);
    }
}
