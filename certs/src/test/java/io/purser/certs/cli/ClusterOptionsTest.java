package io.purser.certs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Which cluster is asked, and as whom. */
class ClusterOptionsTest {
    private static final String PROPERTY = "kubeconfig";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private TinyApiServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TinyApiServer();
        useKubeconfig(server.kubeconfig());
    }

    @AfterEach
    void stop() throws Exception {
        System.clearProperty(PROPERTY);
        server.close();
    }

    @Test
    void aContextThatIsNotThereIsRefused() {
        assertThat(run("rotate", "--context=elsewhere")).isEqualTo(2);
        assertThat(err.toString()).contains("--context elsewhere is not in the kubeconfig; it has here");
        assertThat(run("status", "--context=here")).isEqualTo(1);
    }

    @Test
    void aTokenThatEndsWithTheLineIsTakenAndShownToNobody() throws Exception {
        useKubeconfig(server.kubeconfig().replace("\"training\"", "\"training\\n\""));
        assertThat(run("status")).isEqualTo(1);
        assertThat(out.toString()).contains("authority  none");
        assertThat(err.toString()).doesNotContain("training");
    }

    private void useKubeconfig(String text) throws Exception {
        System.setProperty(
                PROPERTY, Files.writeString(folder.resolve("kubeconfig"), text).toString());
    }

    private int run(String... arguments) {
        CommandLine certs = Main.commandLine();
        return certs.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }
}
