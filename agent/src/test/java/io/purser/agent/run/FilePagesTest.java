package io.purser.agent.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePagesTest {

    @TempDir
    Path folder;

    @Test
    void withoutTheDistributionNothingIsGivenBack() {
        assertThat(FilePages.giveBack()).isZero();
    }

    /** In a JVM of its own, which would not live on if a page that it needs were lost. */
    @Test
    void whatIsGivenBackIsResidentNoMoreAndComesBackWhileOtherThreadsWork() throws Exception {
        assumeTrue(compiled(), "there is no C compiler");
        Process probe = new ProcessBuilder(command()).redirectErrorStream(true).start();
        String said = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(probe.waitFor()).as(said).isZero();
        long[] kibibytes = said.strip().lines().mapToLong(Long::parseLong).toArray();
        assertThat(kibibytes).hasSize(3);
        long given = kibibytes[0];
        long before = kibibytes[1];
        long after = kibibytes[2];
        assertThat(given).isGreaterThan(4096);
        // What is needed to look is back already.
        assertThat(before - after).isBetween(given / 4, given);
    }

    private Path library() {
        return folder.resolve("libpurser-pages.so");
    }

    private boolean compiled() throws IOException, InterruptedException {
        Process compiler = new ProcessBuilder(
                        "src/dist/compile.sh",
                        library().toString(),
                        "purser-pages",
                        "-shared",
                        "-fPIC",
                        "-fvisibility=hidden")
                .inheritIO()
                .start();
        int status = compiler.waitFor();
        assertThat(status).isIn(0, 3);
        return status == 0;
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.add("-Xmx64m");
        command.add("-Dpurser.pages=" + library());
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Probe.class.getName()));
        return command;
    }

    /** Says how many kibibytes were given back, and how many of files were resident before and after. */
    static final class Probe {

        private Probe() {}

        public static void main(String... args) throws Exception {
            AtomicBoolean working = new AtomicBoolean(true);
            Thread worker = new Thread(() -> work(working));
            worker.start();
            for (int i = 0; i < 200; i++) {
                FilePages.giveBack();
                if (i % 20 == 0) {
                    System.gc();
                }
            }
            working.set(false);
            worker.join();
            status();
            byte[] before = status();
            long given = FilePages.giveBack();
            byte[] after = status(); // read before it is looked into, which brings pages back
            System.out.println(
                    given + System.lineSeparator() + resident(before) + System.lineSeparator() + resident(after));
        }

        private static void work(AtomicBoolean working) {
            while (working.get()) {
                StringBuilder text = new StringBuilder();
                for (int i = 0; i < 1000; i++) {
                    text.append(String.format("%d,", i));
                }
                if (text.toString().split(",").length != 1000) {
                    throw new IllegalStateException("a thousand numbers are no longer a thousand");
                }
            }
        }

        private static byte[] status() throws IOException {
            return Files.readAllBytes(Path.of("/proc/self/status"));
        }

        private static long resident(byte[] status) {
            return new String(status, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("RssFile:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        }
    }
}
