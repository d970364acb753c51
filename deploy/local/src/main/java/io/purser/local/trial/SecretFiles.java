package io.purser.local.trial;

import io.purser.local.kubelet.Modes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files on a pod's secret volumes, as an application container sees them. */
final class SecretFiles {

    private static final int MOST_ATTEMPTS = 5;

    private final SortedMap<String, Path> volumes;

    /** One file at one moment. */
    static final class File {
        private final String path;
        private final byte[] content;
        private final Set<PosixFilePermission> permissions;

        private File(String path, byte[] content, Set<PosixFilePermission> permissions) {
            this.path = path;
            this.content = content;
            this.permissions = permissions;
        }

        /** Its path in the container. */
        String path() {
            return path;
        }

        String text() {
            return new String(content, StandardCharsets.UTF_8);
        }

        String mode() {
            return Modes.octal(permissions);
        }

        boolean same(File other) {
            return Arrays.equals(content, other.content) && permissions.equals(other.permissions);
        }
    }

    /**
     * Files below mount points.
     *
     * @param volumes mount path in the container to the volume's folder
     */
    SecretFiles(SortedMap<String, Path> volumes) {
        this.volumes = volumes;
    }

    /** All files now, by their path in the container. A file that is being replaced is seen as it was or as it will be. */
    SortedMap<String, File> read() throws IOException {
        TreeMap<String, File> files = new TreeMap<>();
        for (var volume : volumes.entrySet()) {
            for (Path file : regularFiles(volume.getValue())) {
                String path = volume.getKey() + "/" + volume.getValue().relativize(file);
                try {
                    files.put(path, new File(path, Files.readAllBytes(file), Files.getPosixFilePermissions(file)));
                } catch (NoSuchFileException replaced) {
                    // a temporary file that has become another one since
                }
            }
        }
        return files;
    }

    /** Also those behind the links of a set that is switched as a whole, but by the names that the application knows. */
    private static List<Path> regularFiles(Path folder) throws IOException {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            try (Stream<Path> entries = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
                return entries.filter(Files::isRegularFile)
                        .filter(file -> isTheApplications(folder.relativize(file)))
                        .toList();
            } catch (UncheckedIOException e) {
                // A folder vanished while it was read.
            }
        }
        return List.of();
    }

    private static boolean isTheApplications(Path path) {
        return !path.getFileName().toString().startsWith(".purser")
                && !path.getName(0).toString().startsWith("..");
    }

    /** The files of {@code now} that {@code before} did not have so. */
    static List<File> changed(SortedMap<String, File> before, SortedMap<String, File> now) {
        List<File> changed = new ArrayList<>();
        now.forEach((path, file) -> {
            File old = before.get(path);
            if (old == null || !old.same(file)) {
                changed.add(file);
            }
        });
        return changed;
    }

    /** Leaves the files with their modes below a folder, each at its path in the container. */
    static void copy(SortedMap<String, File> files, Path folder) throws IOException {
        for (File file : files.values()) {
            Path target = folder.resolve(file.path.substring(1));
            Files.createDirectories(target.getParent());
            Path temporary = Files.createTempFile(target.getParent(), ".try", ".tmp");
            Files.write(temporary, file.content);
            Files.setPosixFilePermissions(temporary, file.permissions);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
