package io.purser.certs.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.purser.certs.authority.CertificateAuthority;
import io.purser.certs.authority.Leaf;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeafFilesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    @TempDir
    Path folder;

    private final CertificateAuthority ca = CertificateAuthority.create("test", Duration.ofDays(9), NOW);

    @Test
    void thePairIsReadBackAndTheKeyIsPrivate() throws Exception {
        LeafFiles files = new LeafFiles(folder);
        Leaf leaf = leaf();

        files.write(leaf());
        files.write(leaf);

        assertThat(files.read()).contains(leaf.certificate());
        assertThat(folder.resolve("tls.key")).hasContent(leaf.privateKeyPem());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("tls.key"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("tls.crt"))))
                .isEqualTo("rw-r--r--");
        try (var left = Files.list(folder)) {
            assertThat(left).hasSize(2);
        }
    }

    @Test
    void aPairThatDoesNotMatchCountsAsNone() throws Exception {
        LeafFiles files = new LeafFiles(folder);
        assertThat(files.read()).isEmpty();
        files.write(leaf());

        Files.writeString(folder.resolve("tls.key"), leaf().privateKeyPem());
        assertThat(files.read()).isEmpty();
        Files.writeString(folder.resolve("tls.key"), "no key");
        assertThat(files.read()).isEmpty();
    }

    @Test
    void whatAKilledWriterLeftIsNoObstacle() throws Exception {
        Files.writeString(folder.resolve(".tls.key.next"), "half a k");
        LeafFiles files = new LeafFiles(folder);
        Leaf leaf = leaf();

        files.write(leaf);

        assertThat(files.read()).contains(leaf.certificate());
    }

    private Leaf leaf() {
        return ca.issue(List.of("purser-webhook.purser.svc"), Duration.ofDays(1), NOW);
    }
}
