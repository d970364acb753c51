package io.purser.webhook.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509KeyManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys in the encodings that other tools write; the files were made with OpenSSL. */
class ServingCertificateTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rsa-pkcs1",
                "rsa-pkcs8",
                "ec-sec1",
                "ec-pkcs8",
                "ec-p521",
                "rsa-1024",
                "rsa-encipherment",
                "ec-agreement"
            })
    void loads(String name) throws Exception {
        ServingCertificate certificate = ServingCertificate.load(PairFiles.copy(name, folder));
        assertThat(certificate.leaf().getSubjectX500Principal().getName()).isEqualTo("CN=localhost");
        assertThat(certificate.keys().getPrivateKey("serving")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "rsa-pkcs8, JDK, TLSv1.2",
        "rsa-pkcs8, JDK, TLSv1.3",
        "rsa-pkcs8, OPENSSL, TLSv1.2",
        "rsa-pkcs8, OPENSSL, TLSv1.3",
        "ec-p521, OPENSSL, TLSv1.2",
        "ec-p521, OPENSSL, TLSv1.3",
        "ec-pkcs8, JDK, TLSv1.2",
        "ec-pkcs8, JDK, TLSv1.3",
        "ec-pkcs8, OPENSSL, TLSv1.2",
        "ec-pkcs8, OPENSSL, TLSv1.3",
    })
    void isServedByBothImplementationsOfTls(String name, SslProvider provider, String version) throws Exception {
        assumeThat(provider == SslProvider.JDK || OpenSsl.isAvailable())
                .as("BoringSSL is there for this platform")
                .isTrue();
        ServingCertificate certificate = ServingCertificate.load(PairFiles.copy(name, folder));
        SSLEngine server = SslContextBuilder.forServer(certificate.keys())
                .sslProvider(provider)
                .build()
                .newEngine(ByteBufAllocator.DEFAULT);
        SSLEngine client = SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .protocols(version)
                .trustManager(certificate.leaf())
                .build()
                .newEngine(ByteBufAllocator.DEFAULT, "localhost", 443);
        try {
            assertThat(Rehearsal.shakeHands(client, server)).isTrue();

            assertThat(client.getSession().getPeerCertificates()).containsExactly(certificate.leaf());
            assertThat(client.getSession().getProtocol()).isEqualTo(version);
        } finally {
            ReferenceCountUtil.release(server);
        }
    }

    @ParameterizedTest
    @CsvSource({"rsa-pkcs8, RSA, 2048", "ec-sec1, EC, 256", "ec-pkcs8, EC, 384", "ec-p521, EC, 521"})
    void refusesAKeyOfAnotherCertificate(String name, String algorithm, int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        PrivateKey another = generator.generateKeyPair().getPrivate();
        Path file = Files.writeString(
                folder.resolve("another.key"),
                "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(another.getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        CertificateFiles files = PairFiles.copy(name, folder);
        ServingCertificate right = ServingCertificate.load(files);
        X509KeyManager mixed = new OneKey(another, List.of(right.leaf()));

        assertThatThrownBy(() -> ServingCertificate.load(new CertificateFiles(files.certificate(), file, null)))
                .isInstanceOf(UnusableCertificateException.class)
                .hasMessage("The key in " + file + " does not belong to the certificate in " + files.certificate()
                        + "; give the two files of one pair.");
        assertThat(Rehearsal.succeeds(right.keys(), right.leaf())).isTrue();
        assertThat(Rehearsal.succeeds(mixed, right.leaf())).isFalse();
    }

    @Test
    void refusesAKeyThatBoringSslCannotServe() {
        assertThatThrownBy(() -> ServingCertificate.load(PairFiles.copy("ed25519", folder)))
                .isInstanceOf(UnusableCertificateException.class)
                .hasMessageMatching(
                        ".*ed25519.crt has a key for Ed(DSA|25519), which is not served; have it issued for an"
                                + " ECDSA or an RSA key\\.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "common-name | names no host among its subject alternative names",
                "client-auth | is not for servers; have it issued with the extended key usage serverAuth",
                "ec-p224 | has a key on the curve secp224r1 [NIST P-224] (1.3.132.0.33), whose signatures API servers do",
                "ec-secp256k1 | has a key on the curve secp256k1 (1.3.132.0.10), whose signatures API servers do not verify;",
                "rsa-512 | has an RSA key of 512 bits",
            })
    void refusesWhatNoApiServerAccepts(String name, String why) {
        assertThatThrownBy(() -> ServingCertificate.load(new CertificateFiles(
                        PairFiles.copyFile(name + ".crt", folder), PairFiles.copyFile("ec-pkcs8.key", folder), null)))
                .isInstanceOf(UnusableCertificateException.class)
                .hasMessageContaining(name + ".crt " + why);
    }

    @Test
    void hasNoKeyForAnotherAlgorithm() throws Exception {
        X509KeyManager keys =
                ServingCertificate.load(PairFiles.copy("ec-sec1", folder)).keys();

        assertThat(keys.getServerAliases("EC", null)).containsExactly("serving");
        assertThat(keys.chooseServerAlias("RSA", null, null)).isNull();
        assertThat(keys.getServerAliases("RSA", null)).isNull();
        assertThat(keys.getPrivateKey("another")).isNull();
        assertThat(keys.getCertificateChain("another")).isNull();
        assertThat(keys.chooseClientAlias(new String[] {"EC"}, null, null)).isNull();
    }

    @Test
    void knowsItsDates() throws Exception {
        ServingCertificate certificate = ServingCertificate.load(PairFiles.copy("ec-sec1", folder));
        assertThat(certificate.isValidAt(certificate.expiry())).isTrue();
        assertThat(certificate.isValidAt(certificate.expiry().plus(Duration.ofSeconds(1))))
                .isFalse();
        assertThat(certificate.isValidAt(java.time.Instant.EPOCH)).isFalse();
    }
}
