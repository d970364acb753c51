package io.purser.certs.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

class CertificateAuthorityTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final List<String> NAMES =
            List.of("purser-webhook.purser.svc", "purser-webhook.purser", "127.0.0.1", "::1");

    private final CertificateAuthority ca = CertificateAuthority.create("purser test", Duration.ofDays(365), NOW);

    @Test
    void theAuthorityMaySignCertificatesAndNothingElse() {
        X509Certificate certificate = ca.certificate();

        assertThat(certificate.getBasicConstraints()).isZero();
        assertThat(certificate.getCriticalExtensionOIDs()).contains("2.5.29.19", "2.5.29.15");
        assertThat(usages(certificate)).containsExactlyInAnyOrder(5, 6); // keyCertSign, cRLSign
        assertThat(certificate.getNotBefore().toInstant()).isEqualTo(NOW.minus(Duration.ofMinutes(5)));
        assertThat(certificate.getNotAfter().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(365)));
        assertThat(((ECPublicKey) certificate.getPublicKey())
                        .getParams()
                        .getOrder()
                        .bitLength())
                .isEqualTo(256);
    }

    @Test
    void aLeafMayServeTlsForItsNamesAndNothingElse() throws Exception {
        X509Certificate leaf = ca.issue(NAMES, Duration.ofDays(7), NOW).certificate();

        assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
        assertThat(usages(leaf)).containsExactly(0); // digitalSignature
        assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1"); // serverAuth
        assertThat(leaf.getSubjectAlternativeNames())
                .containsExactly(
                        List.of(2, "purser-webhook.purser.svc"),
                        List.of(2, "purser-webhook.purser"),
                        List.of(7, "127.0.0.1"),
                        List.of(7, "0:0:0:0:0:0:0:1"));
        assertThat(leaf.getNotBefore().toInstant()).isEqualTo(NOW.minus(Duration.ofMinutes(5)));
        assertThat(leaf.getNotAfter().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(7)));
        byte[] authorityKeyId = leaf.getExtensionValue("2.5.29.35");
        byte[] caKeyId = ca.certificate().getExtensionValue("2.5.29.14");
        assertThat(lastBytes(authorityKeyId, 20)).isEqualTo(lastBytes(caKeyId, 20));
    }

    @Test
    void aLeafIsValidOnlyUnderItsOwnAuthority() throws Exception {
        X509Certificate leaf = ca.issue(NAMES, Duration.ofDays(7), NOW).certificate();
        CertificateAuthority other = CertificateAuthority.create("purser test", Duration.ofDays(365), NOW);

        validate(leaf, List.of(other.certificate(), ca.certificate()), NOW);
        assertThatThrownBy(() -> validate(leaf, List.of(other.certificate()), NOW))
                .isInstanceOf(java.security.cert.CertPathValidatorException.class);
        assertThatThrownBy(() -> validate(leaf, List.of(ca.certificate()), NOW.plus(Duration.ofDays(8))))
                .isInstanceOf(java.security.cert.CertPathValidatorException.class);
        assertThat(ca.issued(leaf)).isTrue();
        assertThat(other.issued(leaf)).isFalse();
        assertThat(other.certificate().getSubjectX500Principal())
                .isNotEqualTo(ca.certificate().getSubjectX500Principal());
    }

    @Test
    void aLeafEndsNoLaterThanItsAuthority() {
        Leaf leaf = ca.issue(NAMES, Duration.ofDays(4000), NOW);

        assertThat(leaf.certificate().getNotAfter()).isEqualTo(ca.certificate().getNotAfter());
        assertThatThrownBy(() -> ca.issue(NAMES, Duration.ofDays(1), NOW.plus(Duration.ofDays(365))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ended at 2027-03-01T12:00:00Z");
    }

    @Test
    void namesThatAreNoNamesAreRefused() {
        for (String wrong : List.of("", "a b", "-a", "a..b", "999.1.1.1:80", "a".repeat(64), "x".repeat(300))) {
            assertThatThrownBy(() -> ca.issue(List.of(wrong), Duration.ofDays(1), NOW))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("neither a DNS name nor an IP address");
        }
        assertThatThrownBy(() -> ca.issue(List.of(), Duration.ofDays(1), NOW))
                .hasMessageContaining("at least one DNS name");
        assertThatThrownBy(() -> ca.issue(NAMES, Duration.ZERO, NOW)).hasMessageContaining("longer than zero");
    }

    @Test
    void pemIsReadBackAsItWas() {
        Leaf leaf = ca.issue(NAMES, Duration.ofDays(7), NOW);

        CertificateAuthority again = CertificateAuthority.fromPem(ca.certificatePem(), ca.privateKeyPem());

        assertThat(again.certificate()).isEqualTo(ca.certificate());
        assertThat(again.privateKeyPem()).isEqualTo(ca.privateKeyPem());
        assertThat(again.issued(again.issue(NAMES, Duration.ofDays(1), NOW).certificate()))
                .isTrue();
        assertThat(KeyMatch.matches(
                        Pem.privateKey(leaf.privateKeyPem()), leaf.certificate().getPublicKey()))
                .isTrue();
        assertThat(leaf.privateKeyPem()).startsWith("-----BEGIN PRIVATE KEY-----\n");
    }

    @Test
    void aKeyThatIsNotTheCertificatesIsRefused() {
        Leaf leaf = ca.issue(NAMES, Duration.ofDays(7), NOW);

        assertThat(KeyMatch.matches(
                        Pem.privateKey(ca.privateKeyPem()), leaf.certificate().getPublicKey()))
                .isFalse();
        assertThatThrownBy(() -> CertificateAuthority.fromPem(ca.certificatePem(), leaf.privateKeyPem()))
                .isInstanceOf(InvalidPemException.class)
                .hasMessageContaining("does not belong");
        assertThatThrownBy(() -> CertificateAuthority.fromPem(leaf.certificateChainPem(), leaf.privateKeyPem()))
                .isInstanceOf(InvalidPemException.class)
                .hasMessageContaining("not that of an authority");
    }

    @Test
    void textThatIsNotPemIsRefusedWithoutBeingQuoted() {
        String marker = "-----BEGIN PRIVATE KEY-----\nbWFya2Vy\n-----END PRIVATE KEY-----\n";

        assertThatThrownBy(() -> Pem.privateKey(marker))
                .isInstanceOf(InvalidPemException.class)
                .hasMessageNotContaining("bWFya2Vy");
        assertThatThrownBy(() -> Pem.privateKey("")).hasMessageContaining("openssl pkcs8");
        assertThatThrownBy(() -> Pem.certificates(marker)).isInstanceOf(InvalidPemException.class);
    }

    @Test
    void noKeyIsInAnyToString() {
        Leaf leaf = ca.issue(NAMES, Duration.ofDays(7), NOW);

        assertThat(leaf.toString())
                .contains("purser-webhook.purser.svc", "[REDACTED]")
                .doesNotContain("BEGIN");
        assertThat(ca.toString()).contains("purser test", "[REDACTED]").doesNotContain("BEGIN");
    }

    @Test
    void aTlsClientThatTrustsTheAuthorityConnectsAndOneThatTrustsAnotherDoesNot() throws Exception {
        Instant now = Instant.now();
        CertificateAuthority live = CertificateAuthority.create("live", Duration.ofHours(1), now);
        CertificateAuthority stranger = CertificateAuthority.create("stranger", Duration.ofHours(1), now);
        Leaf leaf = live.issue(List.of("localhost", "127.0.0.1"), Duration.ofHours(1), now);
        try (SSLServerSocket server =
                (SSLServerSocket) serverContext(leaf).getServerSocketFactory().createServerSocket(0)) {
            Thread answering = new Thread(() -> answerTwice(server));
            answering.start();

            assertThat(firstByte(live, server.getLocalPort())).isEqualTo(42);
            assertThatThrownBy(() -> firstByte(stranger, server.getLocalPort()))
                    .isInstanceOf(SSLHandshakeException.class);
            answering.join();
        }
    }

    private static void answerTwice(SSLServerSocket server) {
        for (int connection = 0; connection < 2; connection++) {
            try (SSLSocket socket = (SSLSocket) server.accept()) {
                socket.getOutputStream().write(42);
            } catch (java.io.IOException e) {
                continue; // the stranger's refused handshake ends here
            }
        }
    }

    private static int firstByte(CertificateAuthority trusted, int port) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", trusted.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            return socket.getInputStream().read();
        }
    }

    private static SSLContext serverContext(Leaf leaf) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "leaf", Pem.privateKey(leaf.privateKeyPem()), new char[0], new X509Certificate[] {leaf.certificate()});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static void validate(X509Certificate leaf, Collection<X509Certificate> trusted, Instant at)
            throws Exception {
        Set<TrustAnchor> anchors = trusted.stream()
                .map(certificate -> new TrustAnchor(certificate, null))
                .collect(java.util.stream.Collectors.toSet());
        PKIXParameters parameters = new PKIXParameters(anchors);
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(at));
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        X509Certificate parsed = (X509Certificate) factory.generateCertificate(
                new ByteArrayInputStream(Pem.ofCertificates(List.of(leaf)).getBytes(StandardCharsets.US_ASCII)));
        CertPathValidator.getInstance("PKIX").validate(factory.generateCertPath(List.of(parsed)), parameters);
    }

    private static List<Integer> usages(X509Certificate certificate) {
        boolean[] bits = certificate.getKeyUsage();
        return java.util.stream.IntStream.range(0, bits.length)
                .filter(bit -> bits[bit])
                .boxed()
                .toList();
    }

    private static byte[] lastBytes(byte[] bytes, int count) {
        return java.util.Arrays.copyOfRange(bytes, bytes.length - count, bytes.length);
    }
}
