package io.purser.agent.config;

/**
 * What opens and closes an action of a template.
 *
 * @param left never empty
 * @param right never empty
 */
public record Delimiters(String left, String right) {

    /** Go's own. */
    public static final Delimiters DEFAULT = new Delimiters("{{", "}}");

    /** Whether they are Go's own. A record's own {@code equals} would be spun at its first use. */
    public boolean isDefault() {
        return left.equals(DEFAULT.left) && right.equals(DEFAULT.right);
    }
}
