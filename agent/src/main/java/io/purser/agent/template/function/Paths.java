package io.purser.agent.template.function;

import java.util.ArrayDeque;
import java.util.Deque;

/** Go's package path. */
final class Paths {
    private Paths() {}

    static String base(String path) {
        if (path.isEmpty()) {
            return ".";
        }
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return end == 0 ? "/" : path.substring(path.lastIndexOf('/', end - 1) + 1, end);
    }

    static String directory(String path) {
        return clean(path.substring(0, path.lastIndexOf('/') + 1));
    }

    static String extension(String path) {
        int dot = path.lastIndexOf('.');
        return dot < 0 || dot < path.lastIndexOf('/') ? "" : path.substring(dot);
    }

    static String clean(String path) {
        boolean rooted = path.startsWith("/");
        Deque<String> steps = new ArrayDeque<>();
        for (String step : path.split("/", -1)) {
            if (step.equals("..") && !steps.isEmpty() && !steps.peekLast().equals("..")) {
                steps.removeLast();
            } else if ((step.equals("..") && rooted) || step.isEmpty() || step.equals(".")) {

            } else {
                steps.addLast(step);
            }
        }
        String cleaned = (rooted ? "/" : "") + String.join("/", steps);
        return cleaned.isEmpty() ? "." : cleaned;
    }
}
