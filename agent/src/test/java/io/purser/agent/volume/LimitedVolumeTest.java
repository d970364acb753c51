package io.purser.agent.volume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A memory volume that is full, and one that is read-only: real ones, in a mount namespace of its own. */
@Timeout(60)
class LimitedVolumeTest {

    private static final int TOO_LARGE = 100_000;

    @TempDir
    private Path volume;

    @Test
    void aFullVolumeKeepsTheOldFilesAndLeavesNothingHalf() throws Exception {
        assertThat(inside("mount -t tmpfs -o size=64k tmpfs \"$0\"", false))
                .contains("FULL: the volume " + volume + " is full, so " + volume
                        + "/creds (100000 bytes) was not written")
                .contains("raise the volume's size limit")
                .contains("creds: old")
                .contains("files: [creds]");
    }

    @Test
    void aReadOnlyVolumeIsNamed() throws Exception {
        assertThat(inside("mount -t tmpfs tmpfs \"$0\" && mount -o remount,ro \"$0\"", false))
                .contains("NOT_WRITABLE: the volume " + volume + " is mounted read-only, so " + volume
                        + "/creds was not written")
                .contains("files: []");
    }

    @Test
    void aFullVolumeKeepsTheWholeSet() throws Exception {
        assertThat(inside("mount -t tmpfs -o size=64k tmpfs \"$0\"", true))
                .contains("FULL: the volume " + volume + " is full, so " + volume
                        + "/creds (100000 bytes) was not written")
                .contains("creds: old")
                .contains("entries: 3");
    }

    private String inside(String mount, boolean together) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = List.of(
                "unshare",
                "-rm",
                "sh",
                "-c",
                mount + " && exec \"$@\"",
                volume.toString(),
                java,
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                volume.toString(),
                String.valueOf(together));
        assumeTrue(mayMount(), "this system lets nobody but root mount");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static boolean mayMount() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("unshare", "-rm", "true").start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Writes a small file and then one that is too large, and says what came of it. */
    static final class Writer {

        private Writer() {}

        public static void main(String... args) throws IOException {
            Path directory = Path.of(args[0]);
            SecretVolumes volumes = new SecretVolumes(Path.of("/"), List.of(args[0]), Boolean.parseBoolean(args[1]));
            byte[] large = new byte[TOO_LARGE];
            Arrays.fill(large, (byte) 'x');
            try {
                volumes.write(args[0] + "/creds", "old".getBytes(UTF_8), FileMode.parse("0640"));
                volumes.write(args[0] + "/creds", large, FileMode.parse("0640"));
            } catch (VolumeException e) {
                System.out.println(e.fault() + ": " + e.getMessage());
            }
            if (Files.exists(directory.resolve("creds"))) {
                System.out.println("creds: " + Files.readString(directory.resolve("creds")));
            }
            try (Stream<Path> files = Files.list(directory)) {
                List<Path> names = files.map(Path::getFileName).toList();
                System.out.println("files: " + names);
                System.out.println("entries: " + names.size());
            }
        }
    }
}
