package io.purser.local.trial;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a person sees of a trial, as it goes. Everything passes the mask. Safe for use by several threads. */
final class Console {

    private static final String INDENT = "            ";

    private final PrintWriter out;
    private final Mask mask;
    private final boolean show;

    /**
     * Writes to a terminal.
     *
     * @param mask hides secrets
     * @param show whether nothing is hidden in files
     */
    Console(PrintWriter out, Mask mask, boolean show) {
        this.out = out;
        this.mask = mask;
        this.show = show;
    }

    /** A step of the trial. */
    synchronized void step(String subject, String text) {
        out.println(String.format(Locale.ROOT, "%-10s  ", subject)
                + mask.known(text).replace("\n", "\n" + INDENT));
        out.flush();
    }

    /** A line of a container's output. */
    synchronized void output(String container, String line) {
        out.println(INDENT + "[" + container + "] " + mask.known(line));
        out.flush();
    }

    /**
     * A file as the application sees it; lines that its former content did not have are marked, for a masked value looks
     * like any other.
     *
     * @param before the file as it was shown last, or null
     */
    synchronized void file(SecretFiles.File file, SecretFiles.@Nullable File before, boolean valuesKnown) {
        Set<String> known =
                before == null ? Set.of() : Set.copyOf(before.text().lines().toList());
        List<String> lines = file.text().lines().toList();
        List<String> shown = masked(file.text(), valuesKnown).lines().toList();
        out.println(INDENT + file.path() + "  " + file.mode());
        for (int i = 0; i < shown.size(); i++) {
            // A value of several lines is hidden as one, and then the lines do not match.
            boolean changed = before != null
                    && (shown.size() == lines.size()
                            ? !known.contains(lines.get(i))
                            : shown.get(i).contains(Mask.HIDDEN));
            out.println(INDENT + (changed ? "> " : "| ") + shown.get(i));
        }
        out.flush();
    }

    private String masked(String text, boolean valuesKnown) {
        if (show) {
            return text;
        }
        return valuesKnown ? mask.known(text) : Mask.everything(text);
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0);
    }
}
