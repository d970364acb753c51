package io.purser.agent.template.value;

/** What no value of a template may exceed, so that a template can neither hang nor eat the agent's memory. */
public final class Bounds {
    /** The longest text, in characters. */
    public static final int TEXT = 8 << 20;

    /** How deep maps and lists may nest; what prints, writes or reads them recurses. */
    public static final int DEPTH = 250;

    /** How many nodes a value may unfold to where it is walked without writing text. */
    public static final int NODES = 1_000_000;

    private Bounds() {}

    /** Refuses a text that would be that long. */
    public static void checkText(long length) {
        if (length > TEXT) {
            throw new FunctionException("the text would be longer than " + (TEXT >> 20) + " Mi characters");
        }
    }

    /** Refuses a value that nests that deep, for example because it holds itself. */
    public static void checkDepth(int depth) {
        if (depth > DEPTH) {
            throw new FunctionException("the value nests more than " + DEPTH + " deep");
        }
    }

    /** Refuses a value of that many nodes. */
    public static void checkNodes(int nodes) {
        if (nodes > NODES) {
            throw new FunctionException("the value unfolds to more than " + NODES + " nodes");
        }
    }
}
