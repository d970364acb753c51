package io.purser.webhook.plan;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Absolute paths in a container, as texts. */
final class Paths {

    private Paths() {}

    /** What is wrong with an absolute path, or null. */
    static @Nullable String problem(String path) {
        if (path.isEmpty()) {
            return "is empty";
        }
        if (!path.startsWith("/")) {
            return "is not absolute";
        }
        if (path.indexOf(':') >= 0 || path.indexOf('\0') >= 0) {
            return "has a character that a path in a container cannot have";
        }
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                return "has a .. in it";
            }
        }
        return clean(path).equals("/") ? "is the root" : null;
    }

    /** The path without empty parts, dots, and steps up; it never leaves the root. */
    static String clean(String path) {
        if (isClean(path)) {
            return path;
        }
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return "/" + String.join("/", parts);
    }

    /** Whether a path is as {@link #clean} would make it, as nearly all are; a name with a dot at its front is looked at closely. */
    private static boolean isClean(String path) {
        return path.length() > 1
                && path.charAt(0) == '/'
                && !path.endsWith("/")
                && !path.contains("//")
                && !path.contains("/.");
    }

    /** Whether a cleaned path lies inside a cleaned folder. */
    static boolean inside(String path, String folder) {
        return path.startsWith(folder + "/");
    }
}
