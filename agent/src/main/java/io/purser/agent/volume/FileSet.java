package io.purser.agent.volume;

import io.purser.agent.volume.VolumeException.Fault;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of a volume that change together, laid out as the kubelet lays out a ConfigMap: they lie in a directory named after
 * the time, the link {@code ..data} leads to it, and each name in the volume is a link through {@code ..data}. A change makes a
 * new directory and switches the one link, so that whoever resolves {@code ..data} once sees files of one time only.
 */
final class FileSet {

    private static final String LINK = "..data";
    private static final String NEXT_LINK = "..data_tmp";
    private static final Pattern DIRECTORY = Pattern.compile("\\.\\.\\d{4}(_\\d\\d){5}\\.[0-9a-f]{8}");

    private final Path volume;

    /** @param volume the directory that the volume is mounted at */
    FileSet(Path volume) {
        this.volume = volume;
    }

    /**
     * Puts files in place, all at once or none; those of the set that are not named stay as they are.
     *
     * @param files by their paths below the volume
     * @return those that differ from what was there
     * @throws VolumeException if a name in the volume is taken by something else
     * @throws IOException if they cannot be written; the set is then as it was
     */
    Collection<FileContent> replace(Map<Path, FileContent> files) throws IOException, VolumeException {
        Files.createDirectories(volume);
        Set<Path> names = new LinkedHashSet<>();
        files.keySet().forEach(path -> names.add(path.getName(0)));
        for (Path name : names) {
            checkName(name);
        }
        @Nullable Path current = current();
        Map<Path, FileContent> changed = new LinkedHashMap<>();
        for (Map.Entry<Path, FileContent> file : files.entrySet()) {
            if (current == null || !isThere(current.resolve(file.getKey()), file.getValue())) {
                changed.put(file.getKey(), file.getValue());
            }
        }
        if (!changed.isEmpty()) {
            switchTo(prepared(changed, current));
        }
        for (Path name : names) {
            link(name);
        }
        return changed.values();
    }

    /** Removes what no link leads to: earlier directories, and one that was not finished. */
    void sweep() throws IOException {
        Files.deleteIfExists(volume.resolve(NEXT_LINK));
        @Nullable Path current = current();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(volume, "..*")) {
            for (Path entry : entries) {
                if (isSet(entry) && !entry.equals(current)) {
                    remove(entry);
                }
            }
        }
    }

    private Path prepared(Map<Path, FileContent> changed, @Nullable Path current) throws IOException {
        Path next = volume.resolve(newName());
        try {
            makeDirectory(next);
            if (current != null) {
                carryOver(current, next, changed.keySet());
            }
            for (Map.Entry<Path, FileContent> entry : changed.entrySet()) {
                FileContent file = entry.getValue();
                makeParents(next, entry.getKey());
                AtomicFile.create(
                        next.resolve(entry.getKey()),
                        file.content(),
                        file.mode().permissions());
            }
            AtomicFile.force(next);
            return next;
        } catch (IOException e) {
            remove(next);
            throw e;
        }
    }

    private void switchTo(Path next) throws IOException {
        Path link = volume.resolve(NEXT_LINK);
        try {
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, next.getFileName());
            Files.move(link, volume.resolve(LINK), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            remove(next);
            throw e;
        }
        AtomicFile.force(volume);
        try {
            sweep();
        } catch (IOException e) {
            // What could not be removed is tried again after the next change; the new files are there.
        }
    }

    /** The directory that the link leads to, or null. A link that somebody else made is not followed. */
    private @Nullable Path current() throws IOException {
        Path link = volume.resolve(LINK);
        if (!Files.isSymbolicLink(link)) {
            return null;
        }
        Path target = Files.readSymbolicLink(link);
        Path directory = volume.resolve(target);
        return target.getNameCount() == 1 && !target.isAbsolute() && isSet(directory) ? directory : null;
    }

    private static boolean isSet(Path directory) {
        return DIRECTORY.matcher(String.valueOf(directory.getFileName())).matches()
                && Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isThere(Path path, FileContent file) throws IOException {
        return SecretVolume.hasContent(path, file.content())
                && Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS)
                        .equals(file.mode().permissions());
    }

    /** What does not change is the same file under a second name: no copy, no room. */
    private static void carryOver(Path from, Path to, Set<Path> but) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path path = from.relativize(file);
                if (attributes.isRegularFile() && !but.contains(path)) {
                    makeParents(to, path);
                    Files.createLink(to.resolve(path), file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void makeParents(Path directory, Path path) throws IOException {
        Path step = directory;
        for (Path part : path) {
            step = step.resolve(part);
            if (!step.equals(directory.resolve(path)) && !Files.isDirectory(step, LinkOption.NOFOLLOW_LINKS)) {
                makeDirectory(step);
            }
        }
    }

    private static void makeDirectory(Path directory) throws IOException {
        Files.createDirectory(directory);
        // Whatever the umask: the application's user, who is another one, has to get through.
        Files.setPosixFilePermissions(directory, new FileMode(0755).permissions());
    }

    private void checkName(Path name) throws IOException, VolumeException {
        Path link = volume.resolve(name);
        boolean reserved = name.toString().startsWith("..");
        boolean foreign = Files.isSymbolicLink(link)
                ? !Files.readSymbolicLink(link).equals(target(name))
                : Files.exists(link, LinkOption.NOFOLLOW_LINKS)
                        && !Files.isRegularFile(link, LinkOption.NOFOLLOW_LINKS);
        if (reserved || foreign) {
            throw new VolumeException(
                    Fault.UNSAFE_DESTINATION,
                    "the name " + name + " in the volume is "
                            + (reserved
                                    ? "the volume's own; choose one that does not begin with .."
                                    : "taken by something that the agent did not make; remove it"));
        }
    }

    private void link(Path name) throws IOException {
        Path link = volume.resolve(name);
        if (!Files.isSymbolicLink(link)) {
            Path made = volume.resolve(AtomicFile.temporaryName(name.toString()));
            Files.createSymbolicLink(made, target(name));
            Files.move(made, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static Path target(Path name) {
        return Path.of(LINK).resolve(name);
    }

    private static String newName() {
        String time = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replaceAll("[-:T]", "_");
        return ".." + time.replace("Z", ".") + AtomicFile.randomSuffix();
    }

    private static void remove(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path emptied, @Nullable IOException e) throws IOException {
                Files.delete(emptied);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
