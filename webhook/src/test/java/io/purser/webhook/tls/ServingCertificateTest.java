package io.purser.webhook.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys in the encodings that other tools write; the files were made with OpenSSL. */
class ServingCertificateTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"rsa-pkcs1", "rsa-pkcs8", "ec-sec1", "ec-pkcs8", "ed25519"})
    void loads(String name) throws Exception {
        ServingCertificate certificate =
                ServingCertificate.load(new CertificateFiles(copy(name + ".crt"), copy(name + ".key"), null));
        assertThat(certificate.leaf().getSubjectX500Principal().getName()).isEqualTo("CN=localhost");
        assertThat(certificate.keys().getPrivateKey("serving")).isNotNull();
    }

    @Test
    void knowsItsDates() throws Exception {
        ServingCertificate certificate =
                ServingCertificate.load(new CertificateFiles(copy("ec-sec1.crt"), copy("ec-sec1.key"), null));
        assertThat(certificate.isValidAt(certificate.expiry())).isTrue();
        assertThat(certificate.isValidAt(certificate.expiry().plus(Duration.ofSeconds(1))))
                .isFalse();
        assertThat(certificate.isValidAt(java.time.Instant.EPOCH)).isFalse();
    }

    private Path copy(String name) throws Exception {
        Path file = folder.resolve(name);
        try (var in = ServingCertificateTest.class.getResourceAsStream(name)) {
            Files.copy(in, file);
        }
        return file;
    }
}
