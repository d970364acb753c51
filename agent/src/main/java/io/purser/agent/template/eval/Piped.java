package io.purser.agent.template.eval;

import org.jspecify.annotations.Nullable;

/**
 * What comes through the pipe.
 *
 * @param present whether anything does
 * @param value may be no value, which is still an argument
 */
record Piped(boolean present, @Nullable Object value) {
    /** Nothing comes through the pipe. */
    static final Piped NOTHING = new Piped(false, null);
}
