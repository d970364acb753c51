package io.purser.certs.volume;

import io.purser.certs.authority.Leaf;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pair on the volume shared with the webhook, replaced as a whole as the kubelet replaces a Secret's files: {@code
 * tls.crt} and {@code tls.key} are links through {@code ..data}, and that link is exchanged in one step. A reader never
 * sees one file of each pair, but in the instant between its own two reads.
 */
public final class LeafVolume {
    private static final String CURRENT = "..data";
    private static final String PREFIX = "..pair-";

    private final Path folder;

    /** In the folder, which must be there. */
    public LeafVolume(Path folder) {
        this.folder = folder;
    }

    /**
     * Puts the leaf in place of the one that is there.
     *
     * @throws IOException when the folder cannot be written
     */
    public void write(Leaf leaf) throws IOException {
        List<Path> before = pairs();
        Path pair = Files.createTempDirectory(folder, PREFIX);
        new LeafFiles(pair).write(leaf);
        link(CURRENT, pair.getFileName());
        for (String name : List.of("tls.crt", "tls.key")) {
            if (!Files.isSymbolicLink(folder.resolve(name))) {
                link(name, Path.of(CURRENT, name));
            }
        }
        for (Path old : before) {
            delete(old);
        }
    }

    /** The certificate that lies there; empty when there is no pair that belongs together. */
    public Optional<X509Certificate> read() {
        return new LeafFiles(folder).read();
    }

    private void link(String name, Path target) throws IOException {
        Path next = folder.resolve("." + name + ".next");
        Files.deleteIfExists(next);
        Files.createSymbolicLink(next, target);
        Files.move(next, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Also what a writer that was killed has left. */
    private List<Path> pairs() throws IOException {
        List<Path> pairs = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, PREFIX + "*")) {
            found.forEach(pairs::add);
        }
        return pairs;
    }

    private static void delete(Path pair) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(pair)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(pair);
    }
}
