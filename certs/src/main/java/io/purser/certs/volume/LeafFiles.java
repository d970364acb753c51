package io.purser.certs.volume;

import io.purser.certs.authority.InvalidPemException;
import io.purser.certs.authority.KeyMatch;
import io.purser.certs.authority.Leaf;
import io.purser.certs.authority.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;

/**
 * The pair {@code tls.crt} and {@code tls.key} in a folder. Each file is replaced in one step, the key first; a reader
 * between the two sees a pair that does not match, and keeps the one it has.
 */
public final class LeafFiles {
    private static final Set<PosixFilePermission> PUBLIC = PosixFilePermissions.fromString("rw-r--r--");
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");

    private final Path certificate;
    private final Path key;

    /** In the folder, which must be there. */
    public LeafFiles(Path folder) {
        this.certificate = folder.resolve("tls.crt");
        this.key = folder.resolve("tls.key");
    }

    /**
     * Puts the leaf in place.
     *
     * @throws IOException when the folder cannot be written
     */
    public void write(Leaf leaf) throws IOException {
        replace(key, leaf.privateKeyPem(), PRIVATE);
        replace(certificate, leaf.certificateChainPem(), PUBLIC);
    }

    /** The certificate that lies there; empty when there is no pair that belongs together. */
    public Optional<X509Certificate> read() {
        try {
            X509Certificate found = Pem.certificates(Files.readString(certificate, StandardCharsets.US_ASCII))
                    .get(0);
            String keyPem = Files.readString(key, StandardCharsets.US_ASCII);
            return KeyMatch.matches(Pem.privateKey(keyPem), found.getPublicKey())
                    ? Optional.of(found)
                    : Optional.empty();
        } catch (IOException | InvalidPemException e) {
            return Optional.empty();
        }
    }

    private static void replace(Path file, String text, Set<PosixFilePermission> mode) throws IOException {
        Path next = file.resolveSibling("." + file.getFileName() + ".next");
        Files.deleteIfExists(next);
        Files.createFile(next, PosixFilePermissions.asFileAttribute(mode));
        Files.setPosixFilePermissions(next, mode);
        Files.writeString(next, text, StandardCharsets.US_ASCII);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
