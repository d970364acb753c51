package io.purser.webhook.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.purser.webhook.policy.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The flags of {@code serve}, its environment, and what it refuses to start with. */
class ServeCommandTest {

    @TempDir
    Path folder;

    @Test
    void theEnvironmentNamesTheSettingsFile() throws Exception {
        String settings = write("settings", "store-address = https://store.example:8200\n");
        ParseResult serve = Main.commandLine("serve")
                .parseArgs("serve", "--tls-cert=x", "--tls-key=y")
                .subcommand();
        assertThat(SettingsFlags.options(serve, Map.of("PURSER_SETTINGS", settings)))
                .containsExactly(entry(Option.STORE_ADDRESS, "https://store.example:8200"));
    }

    @Test
    void theEnvironmentAsksNeitherForHelpNorForTheVersion() {
        EnvironmentDefaults environment =
                new EnvironmentDefaults(Map.of("PURSER_VERSION", "0.1.0", "PURSER_HELP", "true", "PURSER_DRAIN", "3s"));
        CommandSpec serve = Serve.command();
        assertThat(environment.defaultValue(serve.findOption("--version"))).isNull();
        assertThat(environment.defaultValue(serve.findOption("--help"))).isNull();
        assertThat(environment.defaultValue(serve.findOption("--drain"))).isEqualTo("3s");
    }

    @Test
    void aVariableThatIsNoOptionIsTold() {
        Map<String, String> environment = Map.of(
                "PURSER_VOLUMESIZE", "1Mi",
                "PURSER_VOLUME_SIZE", "1Mi",
                "PURSER_NOTHING_LIKE_IT", "x",
                "PURSER_WEBHOOK_SERVICE_HOST", "10.0.0.1",
                "PURSER_WEBHOOK_PORT_443_TCP_ADDR", "10.0.0.1",
                "PURSER_WEBHOOK_PORT", "tcp://10.0.0.1:443",
                "HOME", "/");
        assertThat(EnvironmentDefaults.unknown(Serve.command(), environment))
                .containsExactly(
                        "The variable PURSER_NOTHING_LIKE_IT is no option and has no effect.",
                        "The variable PURSER_VOLUMESIZE is no option and has no effect; perhaps PURSER_VOLUME_SIZE is"
                                + " meant.");
    }

    @Test
    void serveTellsWhatIsWrongWithItsFiles() throws IOException {
        assertThat(Outcome.of("serve").exitCode()).isEqualTo(2);
        Outcome outcome = Outcome.of("serve", "--tls-cert", "/none/tls.crt", "--tls-key", "/none/tls.key");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).isEqualTo("purser serve: /none/tls.crt does not exist; say where the file is.\n");
        assertThat(Outcome.of("serve", "--tls-cert", "x", "--tls-key", "y", "--drain", "soon")
                        .err())
                .contains("\"soon\" is not a duration such as 10s or 1m30s.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--tls-cipher-suites=TLS_AES_128_GCM_SHA256, FOO | \"FOO\" is no cipher suite that is spoken here",
                "--health-listen=:8443 | --listen and --health-listen are both 0.0.0.0:8443; give one of them another port.",
                "--metrics-path=metrics | \"metrics\" does not begin with a slash; give /metrics.",
                "--metrics-path=/readyz | \"/readyz\" is taken; give another path, such as /metrics.",
                "--deadline=0s | \"0s\" is too short for any review; give 1ms or more.",
                "--deadline=1us | \"1us\" is too short for any review; give 1ms or more.",
                "--max-body=0 | \"0\" is not a whole number from 1 to 2147483647.",
                "--max-in-flight=-1 | \"-1\" is not a whole number from 1 to 2147483647.",
                "--tls-cipher-suites= | \"\" is no cipher suite that is spoken here",
            })
    void serveRefusesWhatNobodyCouldBeServedWith(String flag, String told) {
        Outcome outcome = Outcome.of("serve", "--tls-cert", "/none/tls.crt", "--tls-key", "/none/tls.key", flag);
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains(told);
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
