package io.purser.agent.template.function;

import io.purser.agent.template.value.GoText;

/** Cuts text to a width in bytes and marks the cut with three dots, as goutils does. */
final class Abbreviation {
    private static final String MARK = "...";

    private Abbreviation() {}

    static String both(String text, long left, long right) {
        return right < 4 || (left > 0 && right < 7) ? text : abbreviate(text, left, right);
    }

    /** Keeps width bytes from the offset on; dots at the ends that were cut. */
    static String abbreviate(String text, long wantedOffset, long width) {
        int length = GoText.length(text);
        if (width < 4 || length <= width) {
            return text;
        }
        long kept = width - MARK.length();
        long offset = Math.min(wantedOffset, length);
        if (length - offset < kept) {
            offset = length - kept;
        }
        if (offset <= 4) {
            return GoText.slice(text, 0, (int) kept) + MARK;
        }
        if (width < 7) {
            return "";
        }
        if (offset + kept < length) {
            String rest = GoText.slice(text, (int) offset, length);
            return MARK + (kept < 4 ? "" : abbreviate(rest, 0, kept));
        }
        return MARK + GoText.slice(text, (int) (length - kept), length);
    }
}
