package io.purser.local.trial;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

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

    /** A file as the application sees it. */
    synchronized void file(SecretFiles.File file, boolean valuesKnown) {
        String text = file.text();
        String shown = show ? text : valuesKnown ? mask.known(text) : Mask.everything(text);
        out.println(INDENT + file.path() + "  " + file.mode());
        for (String line : shown.split("\n", -1)) {
            if (!line.isEmpty()) {
                out.println(INDENT + "| " + line);
            }
        }
        out.flush();
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0);
    }
}
