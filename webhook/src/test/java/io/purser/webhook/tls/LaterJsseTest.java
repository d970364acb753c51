package io.purser.webhook.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.Security;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaterJsseTest {

    @TempDir
    Path folder;

    @BeforeEach
    void install() {
        LaterJsse.install();
    }

    @Test
    void standsOnceWhereTheJdksStood() {
        LaterJsse.install();

        assertThat(Arrays.stream(Security.getProviders()).filter(LaterJsse.class::isInstance))
                .containsExactly(Security.getProvider("SunJSSE"));
        assertThat(Arrays.asList(Security.getProviders()).indexOf(Security.getProvider("SunJSSE")))
                .isEqualTo(3);
    }

    @Test
    void saysWhatTheJdkSpeaksBeforeAndAfterItIsSetUp() throws Exception {
        SSLContext asked = context(null);
        String[] said = asked.getSupportedSSLParameters().getProtocols();
        asked.createSSLEngine();

        assertThat(said).containsExactlyInAnyOrder("TLSv1.3", "TLSv1.2");
        assertThat(asked.getSupportedSSLParameters().getProtocols()).contains(said);
        assertThat(asked.getDefaultSSLParameters().getProtocols()).containsExactly(said);
    }

    @Test
    void saysTheSameAsTheJdksWhereItMayConnect() throws Exception {
        SSLContext jdks = SSLContext.getInstance("TLSv1.3");
        jdks.init(null, null, null);

        assertThat(context(null, NoClients.INSTANCE).getDefaultSSLParameters().getCipherSuites())
                .containsExactly(jdks.getDefaultSSLParameters().getCipherSuites());
        assertThat(context(null, NoClients.INSTANCE).getSupportedSSLParameters().getCipherSuites())
                .containsExactly(jdks.getSupportedSSLParameters().getCipherSuites());
    }

    @Test
    void connectsAsTheJdksDoes() throws Exception {
        SSLEngine client = context(null, NoClients.INSTANCE).createSSLEngine("localhost", 443);
        client.setUseClientMode(true);
        SSLEngine server = context(new KeyManager[] {
                    ServingCertificate.load(PairFiles.copy("ec-sec1", folder)).keys()
                })
                .createSSLEngine();
        server.setUseClientMode(false);

        assertThatThrownBy(() -> Rehearsal.shakeHands(client, server))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("this is a server");
    }

    @Test
    void leavesTheRestToTheJdks() throws Exception {
        assertThat(TrustManagerFactory.getInstance("PKIX").getProvider().getName())
                .isEqualTo("SunJSSE");
        assertThat(SSLContext.getInstance("TLSv1.3").getProvider()).isNotInstanceOf(LaterJsse.class);
        assertThat(SSLContext.getDefault().getSocketFactory().getDefaultCipherSuites())
                .isNotEmpty();
    }

    private static SSLContext context(KeyManager[] keys, TrustManager... trust) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        assertThat(context.getProvider()).isInstanceOf(LaterJsse.class);
        context.init(keys, trust, null);
        return context;
    }
}
