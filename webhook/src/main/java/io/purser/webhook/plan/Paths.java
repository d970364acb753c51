package io.purser.webhook.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Absolute paths in a container, as texts. */
final class Paths {

    /** The kernel's NAME_MAX and PATH_MAX, the latter less the room for the temporary file beside a file and for the folder of an atomic set. */
    private static final int LONGEST_NAME = 255;

    private static final int LONGEST_PATH = 4000;

    /** No character has more bytes in UTF-8, in which a char of Java is the whole of it or half of one of four bytes. */
    private static final int MOST_BYTES = 3;

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
        return clean(path).equals("/") ? "is the root" : tooLong(path);
    }

    /** What no kernel takes in a path, or null. */
    static @Nullable String tooLong(String path) {
        if (path.length() * MOST_BYTES <= LONGEST_NAME) {
            return null;
        }
        for (String name : path.split("/", -1)) {
            int bytes = name.getBytes(UTF_8).length;
            if (bytes > LONGEST_NAME) {
                return "has a name of " + bytes + " bytes in it, and a file's or a folder's has at most "
                        + LONGEST_NAME;
            }
        }
        int bytes = path.getBytes(UTF_8).length;
        return bytes > LONGEST_PATH ? "makes a path of " + bytes + " bytes, and one has at most " + LONGEST_PATH : null;
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
