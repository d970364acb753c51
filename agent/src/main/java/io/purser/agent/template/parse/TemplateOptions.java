package io.purser.agent.template.parse;

/**
 * How a template is read.
 *
 * @param leftDelimiter opens an action; empty means Go's own
 * @param rightDelimiter closes an action; empty means Go's own
 * @param errorOnMissingKey whether a key that a map lacks is an error instead of {@code <no value>}
 */
public record TemplateOptions(String leftDelimiter, String rightDelimiter, boolean errorOnMissingKey) {

    /** Go's delimiters; a missing key is no error. */
    public static final TemplateOptions DEFAULT = new TemplateOptions("{{", "}}", false);

    /** Puts Go's delimiters in place of empty ones. */
    public TemplateOptions {
        leftDelimiter = leftDelimiter.isEmpty() ? "{{" : leftDelimiter;
        rightDelimiter = rightDelimiter.isEmpty() ? "}}" : rightDelimiter;
    }
}
