package io.purser.agent.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs the tests of TLS once more with the distribution's, in a JVM that has its library. */
class OpenSslTest {

    @TempDir
    Path folder;

    @Test
    @Timeout(240)
    void theSameHoldsWithOpenSsl() throws Exception {
        Path library = folder.resolve("libpurser-tls.so");
        int compiled = new ProcessBuilder(
                        "src/dist/compile-tls.sh", library.toString(), System.getProperty("java.home"))
                .inheritIO()
                .start()
                .waitFor();
        assertThat(compiled).isIn(0, 3);
        assumeTrue(compiled == 0, "there is no C compiler, or no libssl-dev");

        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.add("-Xcheck:jni");
        command.add("-Dpurser.tls=" + library);
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Suite.class.getName()));
        Process suite = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(suite.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(suite.waitFor()).as(said).isZero();
        assertThat(said).doesNotContain("WARNING in native method");
    }

    static final class Suite {

        private Suite() {}

        public static void main(String... args) {
            SummaryGeneratingListener summary = new SummaryGeneratingListener();
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(
                                            selectClass(StoreTlsTest.class),
                                            selectClass(TlsTrafficTest.class),
                                            selectClass(RealServerTest.class),
                                            selectClass(OpenSslCases.class))
                                    .build(),
                            summary);
            summary.getSummary().printTo(new PrintWriter(System.out, true));
            summary.getSummary().printFailuresTo(new PrintWriter(System.out, true));
            long failed = summary.getSummary().getTotalFailureCount(); // a real server may be missing
            System.exit(failed == 0 && summary.getSummary().getTestsSucceededCount() > 20 ? 0 : 1);
        }
    }
}
