package io.purser.agent.vault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstHandshakeTest {

    private static List<X509Certificate> rsa;
    private static List<X509Certificate> p256;

    @BeforeAll
    static void keys(@TempDir Path folder) throws Exception {
        rsa = authority(folder, "RSA");
        p256 = authority(folder, "EC");
    }

    @Test
    void onlyAnAuthorityWithoutTheCurveSparesItsTable() {
        List<X509Certificate> both = new ArrayList<>(rsa);
        both.addAll(p256);

        assertThat(FirstHandshake.isWithoutP256(rsa)).isTrue();
        assertThat(FirstHandshake.isWithoutP256(p256)).isFalse();
        assertThat(FirstHandshake.isWithoutP256(both)).isFalse();
        assertThat(FirstHandshake.isWithoutP256(List.of())).isFalse();
    }

    @Test
    void theGroupsOfTheDistributionKeepTheCurveAsTheLast() throws Exception {
        String groups = Files.readAllLines(Path.of("src/dist/jvm.options")).stream()
                .filter(option -> option.startsWith("-Djdk.tls.namedGroups="))
                .map(option -> option.substring(option.indexOf('=') + 1))
                .findFirst()
                .orElseThrow();

        assertThat(FirstHandshake.withP256Last(groups)).isEqualTo("x25519,secp384r1,secp521r1,secp256r1");
    }

    private static List<X509Certificate> authority(Path folder, String algorithm) throws Exception {
        Path own = Files.createDirectory(folder.resolve(algorithm));
        return Pem.certificates(
                Certificates.signed(own, "store", algorithm, "dns:store.example")
                        .authority(),
                algorithm);
    }
}
