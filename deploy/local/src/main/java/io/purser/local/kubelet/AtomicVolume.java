package io.purser.local.kubelet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;

/**
 * A volume whose files change all at once, laid out as the kubelet does: the files are links through {@code ..data} to a
 * folder with a time in its name.
 */
final class AtomicVolume {

    private static final String CURRENT = "..data";

    private final Path folder;
    private int generation;

    /** A file of such a volume. */
    static final class Entry {
        private final byte[] content;
        private final Set<PosixFilePermission> mode;

        private Entry(byte[] content, Set<PosixFilePermission> mode) {
            this.content = content;
            this.mode = mode;
        }

        static Entry of(byte[] content, int mode) {
            return new Entry(content.clone(), Modes.of(mode));
        }
    }

    AtomicVolume(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /** Replaces everything by these files; names may have folders in them. */
    void write(Map<String, Entry> files) throws IOException {
        Path next = Files.createDirectories(folder.resolve("..generation_" + generation++));
        for (Map.Entry<String, Entry> file : files.entrySet()) {
            Path path = next.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue().content);
            Files.setPosixFilePermissions(path, file.getValue().mode);
        }
        Path link = folder.resolve(CURRENT + "_tmp");
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, next.getFileName());
        Files.move(link, folder.resolve(CURRENT), StandardCopyOption.ATOMIC_MOVE);
        for (String name : files.keySet()) {
            String top = name.contains("/") ? name.substring(0, name.indexOf('/')) : name;
            Path visible = folder.resolve(top);
            if (!Files.isSymbolicLink(visible)) {
                Files.createSymbolicLink(visible, Path.of(CURRENT, top));
            }
        }
    }
}
