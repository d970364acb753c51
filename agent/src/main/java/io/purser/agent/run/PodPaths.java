package io.purser.agent.run;

import java.nio.file.Path;

/**
 * Where the absolute paths of the configuration are: below {@code /} in a pod, below a run directory on a laptop.
 *
 * @param root what every absolute path is put below
 */
record PodPaths(Path root) {

    /** The place of an absolute path. */
    Path of(String absolute) {
        int start = 0; // counted, not matched: each file is asked for each second
        while (start < absolute.length() && absolute.charAt(start) == '/') {
            start++;
        }
        return root.resolve(absolute.substring(start)).normalize();
    }
}
