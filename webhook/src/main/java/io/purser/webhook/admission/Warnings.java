package io.purser.webhook.admission;

import java.util.ArrayList;
import java.util.List;

/**
 * Warnings as the API server passes them on: it cuts each to 256 characters when all together have more than 4096, then drops what is
 * beyond that, and refuses control characters (k8s.io/apiserver, pkg/warning and pkg/endpoints/filters/warning.go).
 */
final class Warnings {

    private static final int MAX_ONE = 256;
    private static final int MAX_ALL = 4096;

    private Warnings() {}

    /** The warnings within the API server's bounds; the last one tells how many were left out. */
    static List<String> bounded(List<String> warnings) {
        List<String> bounded = new ArrayList<>(warnings.size());
        int room = MAX_ALL - MAX_ONE;
        for (String warning : warnings) {
            String cut = cut(warning, MAX_ONE);
            if (cut.length() > room) {
                bounded.add((warnings.size() - bounded.size()) + " more warnings; `purser lint` shows them all");
                break;
            }
            room -= cut.length();
            bounded.add(cut);
        }
        return bounded;
    }

    /** The text on one line, at most {@code max} characters long. */
    static String cut(String text, int max) {
        String line = isClean(text) ? text : text.replaceAll("\\p{Cntrl}+", " ");
        if (line.length() <= max) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(max - 2)) ? max - 2 : max - 1;
        return line.substring(0, end) + "…";
    }

    private static boolean isClean(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
