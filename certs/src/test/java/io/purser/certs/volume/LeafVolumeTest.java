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
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeafVolumeTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    @TempDir
    Path folder;

    private final CertificateAuthority ca = CertificateAuthority.create("test", Duration.ofDays(9), NOW);

    @Test
    void thePairIsReadBackAndTheOneBeforeIsGone() throws Exception {
        LeafVolume volume = new LeafVolume(folder);
        Leaf leaf = leaf();

        volume.write(leaf());
        volume.write(leaf);

        assertThat(volume.read()).contains(leaf.certificate());
        assertThat(folder.resolve("tls.crt")).hasContent(leaf.certificateChainPem());
        assertThat(folder.resolve("tls.key")).hasContent(leaf.privateKeyPem());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("tls.key"))))
                .isEqualTo("rw-------");
        try (var left = Files.list(folder)) {
            assertThat(left).as("two links, one link to the pair, the pair").hasSize(4);
        }
    }

    @Test
    void plainFilesAndWhatAKilledWriterLeftAreNoObstacle() throws Exception {
        new LeafFiles(folder).write(leaf());
        Files.createDirectory(folder.resolve("..pair-dead"));
        Files.writeString(folder.resolve("..pair-dead").resolve(".tls.key.next"), "half a k");
        Files.createSymbolicLink(folder.resolve("...data.next"), Path.of("nowhere"));
        Leaf leaf = leaf();

        new LeafVolume(folder).write(leaf);

        assertThat(new LeafVolume(folder).read()).contains(leaf.certificate());
        assertThat(folder.resolve("..pair-dead")).doesNotExist();
    }

    @Test
    void aReaderOfTheWholePairNeverSeesHalfOfIt() throws Exception {
        LeafVolume volume = new LeafVolume(folder);
        volume.write(leaf());
        AtomicBoolean writing = new AtomicBoolean(true);
        Thread writer = new Thread(() -> {
            try {
                for (int round = 0; round < 30; round++) {
                    volume.write(leaf());
                }
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            } finally {
                writing.set(false);
            }
        });
        writer.start();
        int complete = 0;
        while (writing.get()) {
            Path pair = folder.resolve(Files.readSymbolicLink(folder.resolve("..data")));
            // the folder of a pair is complete, or already deleted because the next one is in place
            if (new LeafFiles(pair).read().isPresent()) {
                complete++;
            } else {
                assertThat(folder.resolve(Files.readSymbolicLink(folder.resolve("..data"))))
                        .isNotEqualTo(pair);
            }
        }
        writer.join();

        assertThat(complete).isPositive();
    }

    private Leaf leaf() {
        return ca.issue(List.of("purser-webhook.purser.svc"), Duration.ofDays(1), NOW);
    }
}
