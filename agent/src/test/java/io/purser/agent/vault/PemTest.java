package io.purser.agent.vault;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Private keys in the forms that people have. */
class PemTest {

    @TempDir
    private Path keys;

    @Test
    void readsKeysOfEveryForm() throws Exception {
        Certificates agent = new Certificates(keys, "agent", "RSA", "");
        byte[] pkcs8 = agent.key().getEncoded();
        // PKCS#8 of an RSA key of this size is 26 bytes, then the older form.
        String older = Certificates.pem("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, 26, pkcs8.length));
        assertThat(key(agent.certificate() + older)).isEqualTo(agent.key());

        PrivateKey curve = key(resource("ec-sec1.pem"));
        assertThat(((ECPrivateKey) curve).getS()).isEqualTo(((ECPrivateKey) key(resource("ec-pkcs8.pem"))).getS());
        assertThat(key(resource("ed25519-pkcs8.pem")).getAlgorithm()).isEqualTo("EdDSA");
    }

    @ParameterizedTest
    @ValueSource(strings = {"encrypted-pkcs8.pem", "encrypted-sec1.pem"})
    void refusesAnEncryptedKey(String file) throws Exception {
        String text = resource(file);
        assertThatThrownBy(() -> Pem.privateKey(text, "/tls.key"))
                .hasMessageContaining("/tls.key holds an encrypted key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA PRIVATE KEY", "EC PRIVATE KEY", "PRIVATE KEY"})
    void refusesABrokenKey(String kind) {
        assertThatThrownBy(() -> key(Certificates.pem(kind, new byte[] {0x30, 0x7f, 0x02})))
                .isInstanceOf(GeneralSecurityException.class);
    }

    private static PrivateKey key(String text) throws GeneralSecurityException {
        return JdkTls.privateKey(Pem.privateKey(text, "/tls.key"));
    }

    private static String resource(String name) throws IOException {
        try (var in = PemTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), US_ASCII);
        }
    }
}
