package io.purser.webhook.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purser.certs.authority.CertificateAuthority;
import io.purser.certs.authority.Leaf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateWatchTest {

    private static final Instant NOW = Instant.now();
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("test", Duration.ofDays(1), NOW);

    @TempDir
    Path folder;

    private CertificateFiles files;

    @BeforeEach
    void aPairOnDisk() throws IOException {
        files = new CertificateFiles(folder.resolve("tls.crt"), folder.resolve("tls.key"), null);
        write(leaf());
    }

    @Test
    void seesAReplacedPair() throws Exception {
        CertificateWatch watch = CertificateWatch.over(files);
        assertThat(watch.look(NOW)).isInstanceOf(CertificateWatch.Unchanged.class);
        Leaf next = leaf();
        write(next);
        assertThat(watch.look(NOW)).isInstanceOfSatisfying(CertificateWatch.Renewed.class, renewed -> assertThat(
                        renewed.certificate().leaf())
                .isEqualTo(next.certificate()));
        assertThat(watch.look(NOW)).isInstanceOf(CertificateWatch.Unchanged.class);
    }

    @Test
    void seesASwappedSymbolicLinkAsAMountedSecretIsUpdated() throws Exception {
        Path old = Files.createDirectory(folder.resolve("old"));
        Path young = Files.createDirectory(folder.resolve("young"));
        Path link = Files.createSymbolicLink(folder.resolve("data"), old);
        CertificateFiles mounted = new CertificateFiles(link.resolve("tls.crt"), link.resolve("tls.key"), null);
        write(leaf(), old);
        write(leaf(), young);
        CertificateWatch watch = CertificateWatch.over(mounted);
        Files.delete(link);
        Files.createSymbolicLink(link, young);
        assertThat(watch.look(NOW)).isInstanceOf(CertificateWatch.Renewed.class);
    }

    @Test
    void refusesAKeyOfAnotherCertificateOnceAndTakesThePairWhenItIsWhole() throws Exception {
        CertificateWatch watch = CertificateWatch.over(files);
        Leaf next = leaf();
        Files.writeString(files.certificate(), next.certificateChainPem());
        assertThat(watch.look(NOW))
                .isInstanceOfSatisfying(CertificateWatch.Refused.class, refused -> assertThat(refused.sentence())
                        .contains("tls.key")
                        .contains("does not belong"));
        assertThat(watch.look(NOW)).isInstanceOf(CertificateWatch.Unchanged.class);
        Files.writeString(files.key(), next.privateKeyPem());
        assertThat(watch.look(NOW)).isInstanceOf(CertificateWatch.Renewed.class);
    }

    @Test
    void refusesAPairThatHasExpired() throws Exception {
        CertificateWatch watch = CertificateWatch.over(files);
        write(AUTHORITY.issue(List.of("localhost"), Duration.ofHours(1), NOW.minus(Duration.ofHours(2))));
        assertThat(watch.look(NOW))
                .isInstanceOfSatisfying(CertificateWatch.Refused.class, refused -> assertThat(refused.sentence())
                        .contains("tls.crt has expired at"));
    }

    @Test
    void refusesAPairThatIsNotValidYetAndTakesItWhenItIs() throws Exception {
        CertificateWatch watch = CertificateWatch.over(files);
        Leaf early = AUTHORITY.issue(List.of("localhost"), Duration.ofHours(1), NOW.plus(Duration.ofHours(1)));
        Instant start = early.certificate().getNotBefore().toInstant();
        write(early);

        assertThat(watch.look(NOW))
                .isInstanceOfSatisfying(CertificateWatch.Refused.class, refused -> assertThat(refused.sentence())
                        .contains("tls.crt is not valid before " + start)
                        .contains("it will be served from then on"));
        assertThat(watch.look(start.minusMillis(1))).isInstanceOf(CertificateWatch.Unchanged.class);
        assertThat(watch.look(start)).isInstanceOfSatisfying(CertificateWatch.Renewed.class, renewed -> assertThat(
                        renewed.certificate().leaf())
                .isEqualTo(early.certificate()));
        assertThat(watch.look(start)).isInstanceOf(CertificateWatch.Unchanged.class);
    }

    @Test
    void forgetsAPairThatIsNotValidYetWhenAnotherComes() throws Exception {
        CertificateWatch watch = CertificateWatch.over(files);
        Leaf early = AUTHORITY.issue(List.of("localhost"), Duration.ofHours(1), NOW.plus(Duration.ofHours(1)));
        write(early);
        assertThat(watch.look(NOW)).isInstanceOf(CertificateWatch.Refused.class);
        write(leaf());

        assertThat(watch.look(NOW)).isInstanceOf(CertificateWatch.Renewed.class);
        assertThat(watch.look(early.certificate().getNotBefore().toInstant()))
                .isInstanceOf(CertificateWatch.Unchanged.class);
    }

    @Test
    void refusesAKeyThatIsNoBase64() throws Exception {
        CertificateWatch watch = CertificateWatch.over(files);
        Files.writeString(files.key(), "-----BEGIN PRIVATE KEY-----\nAAAAA\n-----END PRIVATE KEY-----\n");
        assertThat(watch.look(NOW))
                .isInstanceOfSatisfying(CertificateWatch.Refused.class, refused -> assertThat(refused.sentence())
                        .contains("tls.key")
                        .contains("is not an unencrypted EC key"));
    }

    @Test
    void refusesJunkAndSaysWhichFile() throws Exception {
        Files.writeString(files.certificate(), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assertThatThrownBy(() -> ServingCertificate.load(files))
                .isInstanceOf(UnusableCertificateException.class)
                .hasMessageContaining("tls.crt")
                .hasMessageContaining("cannot be decoded");
        Files.writeString(files.certificate(), "hello");
        assertThatThrownBy(() -> ServingCertificate.load(files)).hasMessageContaining("holds no PEM certificate");
        Files.delete(files.certificate());
        assertThatThrownBy(() -> ServingCertificate.load(files)).hasMessageContaining("does not exist");
    }

    @Test
    void neverQuotesAKey() throws Exception {
        String marker = "c2VjcmV0LW1hcmtlcg==";
        Files.writeString(files.key(), "-----BEGIN PRIVATE KEY-----\n" + marker + "\n-----END PRIVATE KEY-----\n");
        assertThatThrownBy(() -> ServingCertificate.load(files))
                .hasMessageContaining("tls.key")
                .satisfies(
                        e -> assertThat(e.toString()).doesNotContain("c2VjcmV0").doesNotContain("secret-marker"));
    }

    private static Leaf leaf() {
        return AUTHORITY.issue(List.of("localhost"), Duration.ofHours(1), NOW);
    }

    private void write(Leaf leaf) throws IOException {
        write(leaf, folder);
    }

    private static void write(Leaf leaf, Path folder) throws IOException {
        Files.writeString(folder.resolve("tls.crt"), leaf.certificateChainPem());
        Files.writeString(folder.resolve("tls.key"), leaf.privateKeyPem());
    }
}
