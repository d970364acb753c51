package io.purser.local.store;

import java.time.Duration;

/** The store's words for a renewal that got less than it asked for. */
final class Caps {

    private Caps() {}

    static String warning(String asked, Term term) {
        return "TTL of \"" + asked + "\" exceeded the effective max_ttl of \"" + goText(term.max())
                + "\"; TTL value is capped accordingly";
    }

    /** As Go prints a duration of whole seconds, less its zero parts. */
    private static String goText(Duration duration) {
        StringBuilder text = new StringBuilder();
        if (duration.toHours() > 0) {
            text.append(duration.toHours()).append('h');
        }
        if (duration.toMinutesPart() > 0) {
            text.append(duration.toMinutesPart()).append('m');
        }
        if (duration.toSecondsPart() > 0 || text.length() == 0) {
            text.append(duration.toSecondsPart()).append('s');
        }
        return text.toString();
    }
}
