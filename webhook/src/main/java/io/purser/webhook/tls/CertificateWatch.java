package io.purser.webhook.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sees when the certificate files change, by their contents: a mounted Secret changes by a swapped symbolic link, and a plain copy
 * keeps the old modification time. Not thread-safe: one thread looks at a time.
 */
public final class CertificateWatch {

    /** What a look at the files found. */
    public sealed interface Change {}

    /** The files are as they were at the last look. */
    public record Unchanged() implements Change {}

    /** A new, sound pair, valid now. */
    public record Renewed(ServingCertificate certificate) implements Change {}

    /** A new pair that must not be served; the sentence says why. Told once for each content. */
    public record Refused(String sentence) implements Change {}

    private static final Change UNCHANGED = new Unchanged();

    private final CertificateFiles files;
    private byte[] seen;

    /** What was seen, when it is sound and its time has not come. */
    private @Nullable ServingCertificate early;

    private CertificateWatch(CertificateFiles files, byte[] seen) {
        this.files = files;
        this.seen = seen;
    }

    /** Begins with the files as they are now; call it before the first load, so that no change falls in between. */
    public static CertificateWatch over(CertificateFiles files) {
        return new CertificateWatch(files, fingerprint(files));
    }

    /**
     * Looks at the files once, at {@code now}. What is not valid then is worse than what is served, whatever that is: what has expired is refused for
     * good, and what is not valid yet is new when its time has come.
     */
    public Change look(Instant now) {
        byte[] found = fingerprint(files);
        if (Arrays.equals(found, seen)) {
            return awaited(now);
        }
        seen = found;
        early = null;
        try {
            ServingCertificate certificate = ServingCertificate.load(files);
            String fault = certificate.faultAt(now);
            if (fault == null) {
                return new Renewed(certificate);
            }
            early = now.isBefore(certificate.start()) ? certificate : null;
            return new Refused("The certificate in " + files.certificate() + " " + fault
                    + (early == null ? "; put one in its place that is valid." : "; it will be served from then on."));
        } catch (UnusableCertificateException e) {
            return new Refused(String.valueOf(e.getMessage()));
        }
    }

    private Change awaited(Instant now) {
        ServingCertificate certificate = early;
        if (certificate == null || !certificate.isValidAt(now)) {
            return UNCHANGED;
        }
        early = null;
        return new Renewed(certificate);
    }

    private static byte[] fingerprint(CertificateFiles files) {
        MessageDigest digest = sha256();
        add(digest, files.certificate());
        add(digest, files.key());
        Path authorities = files.clientAuthorities();
        if (authorities != null) {
            add(digest, authorities);
        }
        return digest.digest();
    }

    private static void add(MessageDigest digest, Path file) {
        try {
            digest.update(Files.readAllBytes(file));
        } catch (IOException e) {
            digest.update((byte) 0); // unreadable is a state like any other: loading says what is wrong
        }
        digest.update((byte) '\n');
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
