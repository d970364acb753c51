package io.purser.local.trial;

import io.purser.agent.config.Delimiters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hides in a rendered file everything that does not come from its template: so a value is hidden whatever the template has
 * made of it, and whether or not anybody here knows it. Of a built-in format the keys are shown.
 */
final class FileMask {

    static final String HIDDEN = "********";

    private static final Pattern KEY =
            Pattern.compile("^(\\s*(?:- )?[\"']?[\\w./-]+[\"']?(?:\\s*=\\s*|:\\s+|:$))(.*)$");
    private static final String ACTION = "\0";

    /** Beyond these, finding the literals again could take long. */
    private static final int MOST_LITERALS = 10;

    private static final int LONGEST = 2000;

    private final boolean keyed;
    private final Set<String> wholeLines;
    private final List<Frame> frames;

    /**
     * The text of a template's line, with a group for each action.
     *
     * @param literals before, between and after the actions
     */
    private record Frame(List<String> literals, Pattern pattern) {
        static Frame of(String line) {
            List<String> literals = List.of(line.strip().split(ACTION, -1));
            String groups =
                    String.join("(.*?)", literals.stream().map(Pattern::quote).toList());
            return new Frame(literals, Pattern.compile(groups));
        }

        int length() {
            return literals.stream().mapToInt(String::length).sum();
        }

        @Nullable
        Line hide(String line) {
            Matcher values = pattern.matcher(line);
            if (!values.matches()) {
                return null;
            }
            StringBuilder shown = new StringBuilder(literals.get(0));
            StringBuilder hidden = new StringBuilder();
            for (int i = 1; i < literals.size(); i++) {
                hidden.append(hidden.isEmpty() ? "" : "\n").append(values.group(i));
                shown.append(values.group(i).isEmpty() ? "" : HIDDEN).append(literals.get(i));
            }
            return new Line(shown.toString(), hidden.toString());
        }
    }

    /**
     * A line with its values hidden.
     *
     * @param shown what may be seen
     * @param hidden what is not: secrets, one a line, or empty
     */
    record Line(String shown, String hidden) {
        boolean allHidden() {
            return shown.strip().equals(HIDDEN);
        }

        @Override
        public String toString() {
            return "Line[" + shown + "]";
        }
    }

    private FileMask(boolean keyed, Set<String> wholeLines, List<Frame> frames) {
        this.keyed = keyed;
        this.wholeLines = wholeLines;
        this.frames = frames;
    }

    /** Hides everything. */
    static FileMask opaque() {
        return new FileMask(false, Set.of(), List.of());
    }

    /** Shows the keys of a built-in format; of {@code raw}, nothing. */
    static FileMask ofFormat(String format) {
        return format.equals("raw") ? opaque() : new FileMask(true, Set.of("{", "}", "},", "[", "]"), List.of());
    }

    /** Shows the text of a template. */
    static FileMask ofTemplate(String template, Delimiters delimiters) {
        Pattern action = Pattern.compile(
                Pattern.quote(delimiters.left()) + ".*?" + Pattern.quote(delimiters.right()), Pattern.DOTALL);
        Set<String> whole = new HashSet<>();
        List<Frame> frames = new ArrayList<>();
        for (String line : action.matcher(template).replaceAll(ACTION).split("\n", -1)) {
            Frame frame = Frame.of(line);
            if (frame.literals().size() == 1) {
                whole.add(line.strip());
            } else if (frame.length() > 0 && frame.literals().size() <= MOST_LITERALS) {
                frames.add(frame);
            }
        }
        frames.sort(Comparator.comparingInt(Frame::length).reversed());
        return new FileMask(false, whole, frames);
    }

    /** Every line of the text, with what is hidden in it. */
    List<Line> lines(String text) {
        return text.lines().map(this::line).toList();
    }

    private Line line(String line) {
        String core = line.strip();
        String indent = line.substring(0, line.length() - line.stripLeading().length());
        if (core.isEmpty() || wholeLines.contains(core)) {
            return new Line(line, "");
        }
        for (Frame frame : core.length() > LONGEST ? List.<Frame>of() : frames) {
            Line masked = frame.hide(core);
            if (masked != null) {
                return new Line(indent + masked.shown(), masked.hidden());
            }
        }
        Matcher key = KEY.matcher(line);
        if (keyed && key.matches()) {
            String value = key.group(2);
            return value.isEmpty() || wholeLines.contains(value)
                    ? new Line(line, "")
                    : new Line(key.group(1) + HIDDEN, value.replaceAll("^[\"']|[\"']?,?$", ""));
        }
        return new Line(HIDDEN, core);
    }
}
