package io.purser.agent.volume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretVolumeTest {

    private static final FileMode MODE = FileMode.parse("0640");

    @TempDir
    private Path root;

    private Path mounted;
    private SecretVolumes volumes;

    @BeforeEach
    void mount() throws IOException {
        // As the laptop's runner lays it out: the mount is a link to the volume's folder.
        mounted = Files.createDirectory(root.resolve("emptydir"));
        Files.createDirectory(root.resolve("purser"));
        Files.createSymbolicLink(root.resolve("purser/secrets"), mounted);
        volumes = new SecretVolumes(root, List.of("/purser/secrets"));
    }

    @Test
    void writesAFileWithItsModeAndTheDirectoriesAboveIt() throws Exception {
        assertThat(write("/purser/secrets/db/main/creds", "a")).isTrue();

        assertThat(mounted.resolve("db/main/creds")).hasContent("a");
        assertThat(modeOf("db/main/creds")).isEqualTo("rw-r-----");
        assertThat(modeOf("db/main")).isEqualTo("rwxr-xr-x");
        assertThat(listed("db/main")).containsExactly("creds");
    }

    @Test
    void leavesAFileAloneThatHasTheBytesAndTheMode() throws Exception {
        write("/purser/secrets/creds", "a");
        Object inode = inode("creds");
        FileTime longAgo = FileTime.from(Instant.EPOCH);
        Files.setLastModifiedTime(mounted.resolve("creds"), longAgo);

        assertThat(write("/purser/secrets/creds", "a")).isFalse();

        assertThat(inode("creds")).isEqualTo(inode);
        assertThat(Files.getLastModifiedTime(mounted.resolve("creds"))).isEqualTo(longAgo);
    }

    @Test
    void changesTheModeAloneWithoutANewFile() throws Exception {
        write("/purser/secrets/creds", "a");
        Object inode = inode("creds");

        assertThat(volumes.write("/purser/secrets/creds", bytes("a"), FileMode.parse("0400")))
                .isTrue();

        assertThat(modeOf("creds")).isEqualTo("r--------");
        assertThat(inode("creds")).isEqualTo(inode);
    }

    @Test
    void replacesAFileThatTheAgentItselfMayOnlyRead() throws Exception {
        volumes.write("/purser/secrets/creds", bytes("a"), FileMode.parse("0400"));

        assertThat(volumes.write("/purser/secrets/creds", bytes("b"), FileMode.parse("0400")))
                .isTrue();

        assertThat(mounted.resolve("creds")).hasContent("b");
        assertThat(modeOf("creds")).isEqualTo("r--------");
    }

    @Test
    void anOpenReaderKeepsTheOldFile() throws Exception {
        write("/purser/secrets/creds", "old");
        try (var reader = Files.newInputStream(mounted.resolve("creds"))) {
            write("/purser/secrets/creds", "new and longer");
            assertThat(new String(reader.readAllBytes(), UTF_8)).isEqualTo("old");
        }
    }

    @Test
    void everyReaderSeesOneWholeFile() throws Exception {
        byte[] even = "e".repeat(200_000).getBytes(UTF_8);
        byte[] odd = "o".repeat(300_000).getBytes(UTF_8);
        volumes.write("/purser/secrets/creds", even, MODE);
        int rounds = 100;
        CountDownLatch reading = new CountDownLatch(2);
        ExecutorService readers = Executors.newFixedThreadPool(2);
        try {
            List<Future<Integer>> seen = Stream.generate(() -> readers.submit(() -> {
                        int files = 0;
                        do {
                            byte[] content = Files.readAllBytes(mounted.resolve("creds"));
                            assertThat(content).isIn(even, odd);
                            files++;
                            reading.countDown();
                        } while (!Thread.interrupted());
                        return files;
                    }))
                    .limit(2)
                    .toList();
            assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();
            for (int round = 1; round <= rounds; round++) {
                volumes.write("/purser/secrets/creds", round % 2 == 0 ? even : odd, MODE);
            }
            for (Future<Integer> reader : seen) {
                assertThat(reader.isDone()).as("no reader has failed").isFalse();
            }
        } finally {
            readers.shutdownNow();
        }
        assertThat(readers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(listed("")).containsExactly("creds");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/purser/secrets/../outside",
                "/purser/secrets/a/../b",
                "/purser/secrets",
                "/purser/secrets/",
                "/purser/secretsandmore/x",
                "/etc/passwd",
                "/purser/secrets/link/x",
                "/purser/secrets/linked-file",
                "/purser/secrets/dangling",
                "/purser/secrets/directory",
                "/purser/secrets/file/x"
            })
    void refusesAnUnsafeDestination(String destination) throws Exception {
        Path outside = Files.createDirectory(root.resolve("outside"));
        Files.writeString(outside.resolve("target"), "untouched");
        Files.createSymbolicLink(mounted.resolve("link"), outside);
        Files.createSymbolicLink(mounted.resolve("linked-file"), outside.resolve("target"));
        Files.createSymbolicLink(mounted.resolve("dangling"), outside.resolve("nothing"));
        Files.createDirectory(mounted.resolve("directory"));
        Files.writeString(mounted.resolve("file"), "untouched");

        assertThatThrownBy(() -> write(destination, "secret"))
                .isInstanceOf(VolumeException.class)
                .hasMessageContaining(destination)
                .extracting(e -> ((VolumeException) e).fault())
                .isEqualTo(VolumeException.Fault.UNSAFE_DESTINATION);

        assertThat(listed("../outside")).containsExactly("target");
        assertThat(outside.resolve("target")).hasContent("untouched");
        assertThat(mounted.resolve("file")).hasContent("untouched");
    }

    @Test
    void aVolumeInsideAnotherGetsItsOwnFiles() throws Exception {
        Path inner = Files.createDirectory(root.resolve("inner"));
        Files.createSymbolicLink(mounted.resolve("deep"), inner);
        SecretVolumes both = new SecretVolumes(root, List.of("/purser/secrets", "/purser/secrets/deep"));

        both.write("/purser/secrets/deep/x", bytes("a"), MODE);

        assertThat(inner.resolve("x")).hasContent("a");
    }

    @Test
    void sweepsWhatAKilledRunLeft() throws Exception {
        write("/purser/secrets/db/creds", "a");
        Files.writeString(mounted.resolve("db/.creds.purser-0123abcd"), "half");
        Files.writeString(mounted.resolve(".env"), "the application's own");

        volumes.sweep();

        assertThat(listed("db")).containsExactly("creds");
        assertThat(listed("")).containsExactly(".env", "db");
    }

    @Test
    void aNameOfTheGreatestLengthIsWritten() throws Exception {
        String name = "n".repeat(255);
        write("/purser/secrets/" + name, "a");
        assertThat(mounted.resolve(name)).hasContent("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "64", "0999", "rw", "1777", "06400"})
    void refusesAModeThatIsNone(String text) {
        assertThatThrownBy(() -> FileMode.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"")
                .hasMessageContaining("0640");
    }

    private boolean write(String destination, String content) throws VolumeException {
        return volumes.write(destination, bytes(content), MODE);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private Object inode(String file) throws IOException {
        return Files.getAttribute(mounted.resolve(file), "unix:ino");
    }

    private String modeOf(String file) throws IOException {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(mounted.resolve(file), LinkOption.NOFOLLOW_LINKS));
    }

    private List<String> listed(String directory) throws IOException {
        try (Stream<Path> files = Files.list(mounted.resolve(directory))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
