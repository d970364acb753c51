package io.purser.webhook.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePagesTest {

    @TempDir
    Path folder;

    @Test
    void withoutTheDistributionNothingIsGivenBack() {
        assertThat(FilePages.giveBack()).isZero();
    }

    @Test
    void looksInEachPeriodWithWorkAndInEachFifthWithout() {
        FilePages.Looks looks = new FilePages.Looks();
        List<Long> begunByPeriod = List.of(11L, 12L, 12L, 12L, 12L, 12L, 12L, 12L, 13L, 13L);
        assertThat(begunByPeriod.stream().map(looks::isDue))
                .containsExactly(true, true, false, false, false, false, true, false, true, false);
    }

    /** In a JVM of its own; that what is given back comes back is tested with the agent. */
    @Test
    void theAgentsLibraryServesTheWebhook() throws Exception {
        assumeTrue(compiled(), "there is no C compiler");
        Process probe = new ProcessBuilder(command()).redirectErrorStream(true).start();
        String said = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(probe.waitFor()).as(said).isZero();
        assertThat(Long.parseLong(said.strip())).isGreaterThan(4096);
    }

    private boolean compiled() throws IOException, InterruptedException {
        Process compiler = new ProcessBuilder(
                        "../agent/src/dist/compile.sh",
                        folder.resolve("libpurser-pages.so").toString(),
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
        command.add("-Djava.library.path=" + folder);
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Probe.class.getName()));
        return command;
    }

    /** Says how many kibibytes were given back. */
    static final class Probe {

        private Probe() {}

        public static void main(String... args) {
            System.out.println(FilePages.giveBack());
        }
    }
}
