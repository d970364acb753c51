package io.purser.agent.template.encode;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;

/**
 * A YAML text whose tabs become blanks where Go's yaml.v2 takes them for such, as after {@code key:}. SnakeYAML refuses each of
 * them, and so tells where it is: what is written in quotes or in a block is never looked at.
 */
final class YamlTabs {
    /** Characters read again and again, in all: a text is read from its start for each tab. */
    private static final long MOST_READ = 50_000_000;

    private final StringBuilder text;
    private long read;

    YamlTabs(String text) {
        this.text = new StringBuilder(text);
    }

    String text() {
        return text.toString();
    }

    /**
     * Makes blanks of the tabs at a place that could not be read.
     *
     * @return false if there is none, or if Go's reader would not take it either: the text is not YAML
     */
    boolean blank(@Nullable Mark problem) {
        read += text.length();
        if (problem == null || read > MOST_READ || problem.getIndex() >= text.codePointCount(0, text.length())) {
            return false;
        }
        int at = text.offsetByCodePoints(0, problem.getIndex());
        if (text.charAt(at) == ' ' && at > 0 && text.charAt(at - 1) == '\t') {
            at--; // between brackets it is the blank after a tab that is refused
        } else if (text.charAt(at) != '\t' || mayIndent(at)) {
            return false;
        }
        for (int i = at; i < text.length() && isBlank(text.charAt(i)); i++) {
            text.setCharAt(i, ' ');
        }
        return true;
    }

    /** At the start of a line, and after {@code -} and {@code ?}, a block may begin, which a tab does not indent. */
    private boolean mayIndent(int tab) {
        int before = tab - 1;
        while (before >= 0 && isBlank(text.charAt(before))) {
            before--;
        }
        if (before < 0) {
            return true;
        }
        char c = text.charAt(before);
        boolean alone = before == 0 || text.charAt(before - 1) <= ' ';
        return c == '\n' || c == '\r' || (alone && (c == '-' || c == '?'));
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
