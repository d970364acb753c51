package io.purser.agent.template.eval;

import io.purser.agent.template.value.FunctionException;
import org.jspecify.annotations.Nullable;

/** What one rendering may use up: steps, depth and output. Past a limit it throws {@link FunctionException}. */
final class Budget {
    static final int MAX_OUTPUT = 16 << 20;
    /** So many characters of a function's result cost one step. */
    private static final int CHARACTERS_PER_STEP = 16;

    private static final int MAX_STEPS = 5_000_000;
    private static final int MAX_TEMPLATE_DEPTH = 400;
    private static final int MAX_NESTING = 2_000;
    /** So deep any thread's stack will do. */
    private static final int SHALLOW = 100;

    private int steps;
    private int templates;
    private int nesting;
    private int written;
    private boolean deep;

    void step() {
        spend(1);
    }

    /** Text costs by its length, so that no loop fills the memory with it. */
    void produced(@Nullable Object result) {
        spend(result instanceof String text ? 1 + text.length() / CHARACTERS_PER_STEP : 1);
    }

    void spend(int count) {
        steps += count;
        if (steps > MAX_STEPS) {
            throw new FunctionException("the template takes more than " + MAX_STEPS + " steps");
        }
    }

    void enter() {
        step();
        if (++nesting > MAX_NESTING) {
            throw new FunctionException("the template nests too deeply");
        }
    }

    void leave() {
        nesting--;
    }

    void enterTemplate() {
        if (++templates > MAX_TEMPLATE_DEPTH) {
            throw new FunctionException("templates call each other more than " + MAX_TEMPLATE_DEPTH + " deep");
        }
    }

    /** Whether the recursion should go on on a deeper stack from here on; true only once on its way down. */
    boolean needsDeepStack() {
        if (deep || nesting < SHALLOW) {
            return false;
        }
        deep = true;
        return true;
    }

    void leaveDeepStack() {
        deep = false;
    }

    void leaveTemplate() {
        templates--;
    }

    void write(StringBuilder out, String text) {
        written += text.length();
        if (written > MAX_OUTPUT || written < 0) {
            throw new FunctionException("the output is longer than " + (MAX_OUTPUT >> 20) + " MiB");
        }
        out.append(text);
    }
}
