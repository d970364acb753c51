package io.purser.agent.template.parse;

/**
 * A template is wrong: it cannot be parsed, or evaluating it failed. The message has the template's name, line and column,
 * and the source line with a caret; it shows the template's own text but never a secret's value.
 */
public final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** How much of a long line is shown on each side of the place. */
    private static final int SHOWN = 100;

    private final String templateName;
    private final int line;
    private final int column;
    private final String reason;

    /**
     * Points at a place of a template.
     *
     * @param text the template's whole text
     * @param offset into the text, in UTF-16 units
     * @param reason what is wrong, one sentence without place
     */
    public TemplateException(String templateName, String text, int offset, String reason) {
        super(describe(templateName, text, Math.min(offset, text.length()), reason));
        this.templateName = templateName;
        int at = Math.min(offset, text.length());
        this.line = lineOf(text, at);
        this.column = columnOf(text, at);
        this.reason = reason;
    }

    /** The name the template was parsed with. */
    public String templateName() {
        return templateName;
    }

    /** From 1. */
    public int line() {
        return line;
    }

    /** From 1, in characters. */
    public int column() {
        return column;
    }

    /** What is wrong, without the place and the source line. */
    public String reason() {
        return reason;
    }

    private static String describe(String name, String text, int at, String reason) {
        int start = text.lastIndexOf('\n', at - 1) + 1;
        int end = text.indexOf('\n', at);
        int from = Math.max(start, at - SHOWN);
        int to = Math.min(end < 0 ? text.length() : end, at + SHOWN);
        String before = (from > start ? "…" : "") + text.substring(from, at);
        String after = text.substring(at, to).stripTrailing();
        return name + ":" + lineOf(text, at) + ":" + columnOf(text, at) + ": " + reason + "\n  "
                + (before + after).replace('\t', ' ') + "\n  "
                + " ".repeat(before.codePointCount(0, before.length())) + "^";
    }

    private static int lineOf(String text, int at) {
        return (int) text.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
    }

    private static int columnOf(String text, int at) {
        return text.codePointCount(text.lastIndexOf('\n', at - 1) + 1, at) + 1;
    }
}
