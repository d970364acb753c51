package io.purser.agent.volume;

import io.purser.agent.volume.VolumeException.Fault;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One secret volume, a memory file system in a pod. A reader of a file sees the old bytes or the new ones, never a part of
 * either. The owner of a file is never changed: the agent has no capability to, and needs none.
 *
 * <p>Links are followed at the volume's own root only. Below it a link is refused wherever it turns up, so that whoever can
 * write to the volume cannot make the agent write elsewhere.
 */
public final class SecretVolume {

    private final Path root;
    private final String mount;
    private final Path directory;
    private final @Nullable FileSet set;

    /**
     * A volume whose files change one by one.
     *
     * @param root what every absolute path is put below: {@code /} in a pod
     * @param mount absolute path of the volume as the agent's container sees it
     */
    public SecretVolume(Path root, String mount) {
        this(root, mount, false);
    }

    /**
     * @param root what every absolute path is put below: {@code /} in a pod
     * @param mount absolute path of the volume as the agent's container sees it
     * @param together whether files that are written together appear at once, behind one link that is switched
     */
    public SecretVolume(Path root, String mount, boolean together) {
        this.root = root;
        this.mount = mount.length() > 1 && mount.endsWith("/") ? mount.substring(0, mount.length() - 1) : mount;
        this.directory = below(root, this.mount);
        this.set = together ? new FileSet(directory) : null;
    }

    /** The volume's absolute path as the agent's container sees it. */
    public String mount() {
        return mount;
    }

    int depth() {
        return directory.getNameCount();
    }

    /** Whether a destination lies on it. */
    public boolean holds(String destination) {
        Path path = below(root, destination);
        return path.startsWith(directory) && !path.equals(directory);
    }

    /**
     * Puts a file in place, whole or not at all, and makes the directories above it.
     *
     * @param destination absolute path as the agent's container sees it
     * @return whether anything changed; a file with these bytes and this mode is left alone
     * @throws VolumeException if it cannot be written; the file is then as it was
     */
    public boolean write(String destination, byte[] content, FileMode mode) throws VolumeException {
        return !write(List.of(new FileContent(destination, content, mode))).isEmpty();
    }

    /**
     * Puts files in place, each whole or not at all; on a volume whose files change together, all at once or none.
     *
     * @return the destinations of those that differ from what was there
     * @throws VolumeException if one cannot be written; it is then as it was, and so are all that change together with it
     */
    public Set<String> write(List<FileContent> files) throws VolumeException {
        Set<String> changed = new LinkedHashSet<>();
        if (set == null) {
            for (FileContent file : files) {
                if (writeAlone(file.destination(), file.content(), file.mode())) {
                    changed.add(file.destination());
                }
            }
            return changed;
        }
        Map<Path, FileContent> byPath = new LinkedHashMap<>();
        for (FileContent file : files) {
            byPath.put(directory.relativize(checked(file.destination())), file);
        }
        try {
            set.replace(byPath).forEach(file -> changed.add(file.destination()));
            return changed;
        } catch (IOException e) {
            int size = files.stream().mapToInt(file -> file.content().length).sum();
            throw VolumeFaults.explain(e, files.get(0).destination(), mount, size);
        }
    }

    private boolean writeAlone(String destination, byte[] content, FileMode mode) throws VolumeException {
        Path target = resolve(destination);
        try {
            if (hasContent(target, content)) {
                return changeMode(target, mode);
            }
            makeParents(destination, target);
            AtomicFile.replace(target, content, mode.permissions());
            return true;
        } catch (IOException e) {
            throw VolumeFaults.explain(e, destination, mount, content.length);
        }
    }

    /** Removes what an earlier run of the agent left in the middle of a write. */
    void sweep() throws VolumeException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try {
            if (set != null) {
                set.sweep();
            }
            sweep(directory.toRealPath());
        } catch (IOException e) {
            throw VolumeFaults.explain(e, mount, mount, 0);
        }
    }

    /**
     * Not by a walk of the JDK's, which brings 40 classes; nor by File.list, whose names cannot be made paths again where they are not in the locale's
     * characters.
     */
    private static void sweep(Path folder) throws IOException {
        if (!Files.isReadable(folder)) {
            return; // one of the application's own is none of our business
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    sweep(entry);
                } else if (AtomicFile.isTemporary(entry)) {
                    Files.deleteIfExists(entry);
                }
            }
        } catch (NoSuchFileException e) {
            return; // a folder that the application has removed meanwhile
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private Path checked(String destination) throws VolumeException {
        for (Path part : Path.of(destination)) {
            if (part.toString().equals("..")) {
                throw unsafe(destination, "contains \"..\"; give the path without it");
            }
        }
        if (!holds(destination)) {
            throw unsafe(destination, "is not on the volume " + mount + "; choose a destination below it");
        }
        return below(root, destination);
    }

    private Path resolve(String destination) throws VolumeException {
        Path target = checked(destination);
        Path step = directory;
        for (Path part : directory.relativize(target)) {
            step = step.resolve(part);
            if (Files.isSymbolicLink(step)) {
                throw unsafe(
                        destination, "is refused because of the link " + seen(step) + " in its way; remove the link");
            }
        }
        if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            throw unsafe(destination, "is a directory; choose another name for the file");
        }
        return target;
    }

    private void makeParents(String destination, Path target) throws IOException, VolumeException {
        Path step = directory;
        Files.createDirectories(directory);
        for (Path part : directory.relativize(target)) {
            if (step.equals(target.getParent())) {
                return;
            }
            step = step.resolve(part);
            if (Files.isDirectory(step, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            if (Files.exists(step, LinkOption.NOFOLLOW_LINKS)) {
                throw unsafe(destination, "is impossible because " + seen(step) + " is a file; choose another path");
            }
            Files.createDirectory(step);
            // Whatever the umask: the application's user, who is another one, has to get through.
            Files.setPosixFilePermissions(step, new FileMode(0755).permissions());
        }
    }

    static boolean hasContent(Path target, byte[] content) throws IOException {
        return Files.isReadable(target)
                && Files.size(target) == content.length
                && Arrays.equals(Files.readAllBytes(target), content);
    }

    private static boolean changeMode(Path target, FileMode mode) throws IOException {
        if (Files.getPosixFilePermissions(target, LinkOption.NOFOLLOW_LINKS).equals(mode.permissions())) {
            return false;
        }
        Files.setPosixFilePermissions(target, mode.permissions());
        return true;
    }

    private String seen(Path path) {
        return "/" + root.relativize(path);
    }

    private static VolumeException unsafe(String destination, String why) {
        return new VolumeException(Fault.UNSAFE_DESTINATION, "the destination " + destination + " " + why);
    }

    /** The place of an absolute path below a root. */
    public static Path below(Path root, String absolute) {
        int start = 0; // counted, not matched: each file is asked for each second
        while (start < absolute.length() && absolute.charAt(start) == '/') {
            start++;
        }
        return root.resolve(absolute.substring(start)).normalize();
    }
}
