package io.purser.local.trial;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a person sees of a trial, as it goes. Safe for use by several threads. */
final class Console {

    private static final String INDENT = "            ";

    private final PrintWriter out;
    private final Mask mask;
    private final boolean show;

    /**
     * Writes to a terminal.
     *
     * @param mask hides secrets in what programs print
     * @param show whether nothing is hidden
     */
    Console(PrintWriter out, Mask mask, boolean show) {
        this.out = out;
        this.mask = mask;
        this.show = show;
    }

    /** A step of the trial; what it says is the trial's own and holds no secret. */
    synchronized void step(String subject, String text) {
        out.println(String.format(Locale.ROOT, "%-10s  ", subject) + text.replace("\n", "\n" + INDENT));
        out.flush();
    }

    /** A line of a container's output. */
    synchronized void output(String container, String line) {
        out.println(INDENT + "[" + container + "] " + (show ? line : mask.hide(line)));
        out.flush();
    }

    /** Learns what to hide, before a program can print it. */
    void learn(SecretFiles.File file, FileMask fileMask) {
        fileMask.lines(file.text()).forEach(line -> line.hidden().lines().forEach(mask::learn));
    }

    /**
     * A file as the application sees it; lines that its former content did not have are marked, for a hidden value looks
     * like any other.
     *
     * @param before the file as it was shown last, or null
     */
    synchronized void file(SecretFiles.File file, SecretFiles.@Nullable File before, FileMask fileMask) {
        out.println(INDENT + file.path() + "  " + file.mode());
        Set<String> known =
                before == null ? Set.of() : Set.copyOf(before.text().lines().toList());
        List<String> lines = file.text().lines().toList();
        List<FileMask.Line> masked = fileMask.lines(file.text());
        learn(file, fileMask);
        for (int i = 0; i < lines.size(); i++) {
            int run = i;
            while (!show
                    && run + 1 < lines.size()
                    && masked.get(i).allHidden()
                    && masked.get(run + 1).allHidden()) {
                run++;
            }
            boolean changed = before != null && !known.containsAll(lines.subList(i, run + 1));
            String count = run > i ? " (" + (run - i + 1) + " lines)" : "";
            out.println(INDENT
                    + (changed ? "> " : "| ")
                    + (show ? lines.get(i) : masked.get(i).shown() + count));
            i = run;
        }
        out.flush();
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0);
    }
}
