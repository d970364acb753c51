package io.purser.webhook.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Certificates and keys of the tests, made with OpenSSL. */
public final class PairFiles {

    private PairFiles() {}

    /** A certificate and its key, copied into {@code folder}. */
    public static CertificateFiles copy(String name, Path folder) throws IOException {
        return new CertificateFiles(copyFile(name + ".crt", folder), copyFile(name + ".key", folder), null);
    }

    /** One of them. */
    static Path copyFile(String name, Path folder) throws IOException {
        Path file = folder.resolve(name);
        try (var in = PairFiles.class.getResourceAsStream(name)) {
            Files.copy(in, file);
        }
        return file;
    }
}
