package io.purser.local.node;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/** What a person sees of the run: a line for each step and each thing that was tried. */
final class Report {

    private final PrintWriter out;
    private int failures;
    private int passes;

    Report(PrintWriter out) {
        this.out = out;
    }

    /** A step that prepares something. */
    void step(String subject, String text) {
        line("", subject, text);
    }

    /** Tries something; what fails is told, and the rest goes on. */
    void check(String subject, Supplier<String> attempt) {
        try {
            String told = attempt.get();
            passes++;
            line("ok", subject, told);
        } catch (RuntimeException e) {
            failures++;
            line("FAIL", subject, reason(e));
        }
    }

    /** What went wrong, in the API server's own words where they are its own. */
    static String reason(RuntimeException e) {
        return e instanceof KubernetesClientException refused && refused.getStatus() != null
                ? refused.getStatus().getMessage()
                : String.valueOf(e.getMessage());
    }

    /** The last line. */
    boolean close() {
        line("", "end", passes + " checks passed, " + failures + " failed");
        return failures == 0;
    }

    /** A time, for a person. */
    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.2f s", time.toMillis() / 1000.0);
    }

    private void line(String mark, String subject, String text) {
        out.println(
                String.format(Locale.ROOT, "%-4s  %-28s  ", mark, subject) + text.replace("\n", "\n" + " ".repeat(36)));
        out.flush();
    }
}
