package io.purser.agent.volume;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All secret volumes of a pod: finds the one that a destination lies on. Not thread-safe: one writer per volume. */
public final class SecretVolumes {

    private final List<SecretVolume> volumes;

    /**
     * @param root what every absolute path is put below: {@code /} in a pod, the run directory on a laptop
     * @param mounts absolute paths of the volumes as the agent's container sees them
     */
    public SecretVolumes(Path root, List<String> mounts) {
        this(root, mounts, false);
    }

    /**
     * @param root what every absolute path is put below: {@code /} in a pod, the run directory on a laptop
     * @param mounts absolute paths of the volumes as the agent's container sees them
     * @param together whether files of one volume that are written together appear at once
     */
    public SecretVolumes(Path root, List<String> mounts, boolean together) {
        this.volumes = new ArrayList<>();
        for (String mount : mounts) {
            volumes.add(new SecretVolume(root, mount, together));
        }
        // The deepest first, so that a volume mounted inside another gets its own files.
        volumes.sort((a, b) -> Integer.compare(b.depth(), a.depth()));
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
     * Puts files in place, those of one volume at once if its files change together.
     *
     * @return the destinations of those that differ from what was there
     * @throws VolumeException if one cannot be written; it is then as it was, and so are all that change together with it
     */
    public Set<String> write(List<FileContent> files) throws VolumeException {
        Map<SecretVolume, List<FileContent>> byVolume = new LinkedHashMap<>();
        for (FileContent file : files) {
            byVolume.computeIfAbsent(volumeOf(file.destination()), none -> new ArrayList<>())
                    .add(file);
        }
        Set<String> changed = new LinkedHashSet<>();
        for (Map.Entry<SecretVolume, List<FileContent>> volume : byVolume.entrySet()) {
            changed.addAll(volume.getKey().write(volume.getValue()));
        }
        return changed;
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
