package io.purser.agent.volume;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** All secret volumes of a pod: finds the one that a destination lies on. Not thread-safe: one writer per volume. */
public final class SecretVolumes {

    private final List<SecretVolume> volumes;

    /**
     * @param root what every absolute path is put below: {@code /} in a pod, the run directory on a laptop
     * @param mounts absolute paths of the volumes as the agent's container sees them
     */
    public SecretVolumes(Path root, List<String> mounts) {
        // The deepest first, so that a volume mounted inside another gets its own files.
        this.volumes = mounts.stream()
                .map(mount -> new SecretVolume(root, mount))
                .sorted(Comparator.comparingInt(SecretVolume::depth).reversed())
                .toList();
    }

    /**
     * Puts a file in place, whole or not at all.
     *
     * @param destination absolute path as the agent's container sees it
     * @return whether anything changed; a file with these bytes and this mode is left alone
     * @throws VolumeException if it cannot be written; the file is then as it was
     */
    public boolean write(String destination, byte[] content, FileMode mode) throws VolumeException {
        return volumeOf(destination).write(destination, content, mode);
    }

    /**
     * The volume a destination lies on.
     *
     * @throws VolumeException if it lies on none
     */
    public SecretVolume volumeOf(String destination) throws VolumeException {
        for (SecretVolume volume : volumes) {
            if (volume.holds(destination)) {
                return volume;
            }
        }
        throw new VolumeException(
                VolumeException.Fault.UNSAFE_DESTINATION,
                destination + " is on none of the secret volumes "
                        + volumes.stream().map(SecretVolume::mount).toList()
                        + "; choose a destination below one of them");
    }

    /**
     * Removes the temporary files that an earlier run of the agent left when it was killed. To be called once, before the
     * first file is written.
     */
    public void sweep() throws VolumeException {
        for (SecretVolume volume : volumes) {
            volume.sweep();
        }
    }
}
