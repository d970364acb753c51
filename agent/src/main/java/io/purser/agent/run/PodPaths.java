package io.purser.agent.run;

import io.purser.agent.volume.SecretVolume;
import java.nio.file.Path;

/**
 * Where the absolute paths of the configuration are: below {@code /} in a pod, below a run directory on a laptop.
 *
 * @param root what every absolute path is put below
 */
record PodPaths(Path root) {

    /** The place of an absolute path. */
    Path of(String absolute) {
        return SecretVolume.below(root, absolute);
    }
}
