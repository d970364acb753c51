package io.purser.webhook.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.purser.webhook.policy.Option;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * The commands on manifests, held to files: {@code NAME.yaml} goes in, {@code NAME.COMMAND.FORM.expected} is what is printed.
 * {@code -Dgolden.update} writes those anew.
 */
class CommandTest {

    private static final Path FOLDER = Path.of("src/test/resources/io/purser/webhook/cli");

    @TempDir
    Path folder;

    /** What a command did. */
    private record Outcome(int exitCode, String out, String err) {}

    @ParameterizedTest
    @CsvSource({
        "stream,inject,manifest,0",
        "stream,inject,patch,0",
        "stream,inject,report,0",
        "stream,lint,text,0",
        "refused,inject,manifest,1",
        "refused,inject,json,1",
        "refused,lint,text,1",
        "refused,lint,json,1",
        "refused,lint,sarif,1"
    })
    void printsWhatIsExpected(String name, String command, String form, int exitCode) throws IOException {
        Outcome outcome = run(command, "-f", FOLDER.resolve(name + ".yaml").toString(), "-o", form);
        assertThat(outcome.exitCode()).isEqualTo(exitCode);
        String text = outcome.out() + "---- standard error\n" + outcome.err();
        Path expected = FOLDER.resolve(name + "." + command + "." + form + ".expected");
        if (System.getProperty("golden.update") != null) {
            Files.writeString(expected, text);
        }
        assertThat(text).isEqualTo(Files.readString(expected));
    }

    @Test
    void documentsWithoutAPodPassThroughByteForByte() throws IOException {
        String stream =
                "# a comment\r\nkind:   ConfigMap\r\ndata: {a:   'b'}\n--- # two\n{\"kind\": \"Secret\"}\n---\n";
        Outcome outcome = run("inject", "-f", write("others.yaml", stream));
        assertThat(outcome).isEqualTo(new Outcome(0, stream, ""));
    }

    @Test
    void aPodThatAsksForNothingStaysAsItIsWritten() throws IOException {
        String pod = "apiVersion: v1\nkind: Pod\nmetadata:   {name: a}\nspec: {containers:   [{name: a}]}\n";
        assertThat(run("inject", "-f", write("pod.yaml", pod)).out()).isEqualTo(pod);
    }

    @Test
    void manifestsStayUtf8WhereTheLocaleIsPosix() throws Exception {
        String document = "note: größe – 日本\n";
        ProcessBuilder inject = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "inject",
                "-f",
                write("note.yaml", document));
        inject.environment().put("LC_ALL", "C");
        inject.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process process = inject.start();
        assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).isEqualTo(document);
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void readsAFolder() throws IOException {
        write("a.yaml", "a: 1\n");
        write("b.yml", "b: 1\n");
        write("c.txt", "c: [\n");
        assertThat(run("inject", "-f", folder.toString()).out()).isEqualTo("a: 1\nb: 1\n");
    }

    @Test
    void strictLintCountsWarnings() {
        String stream = FOLDER.resolve("stream.yaml").toString();
        assertThat(run("lint", "-f", stream).exitCode()).isZero();
        assertThat(run("lint", "-f", stream, "--strict").exitCode()).isEqualTo(1);
    }

    @Test
    void lintReadsATemplateWithTheDelimitersOfThePodThatNamesIt() throws IOException {
        String stream = """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: web
                  annotations:
                    purser.io/inject: "true"
                    purser.io/role: web
                    purser.io/template-file-conf: templates/%s
                    purser.io/left-delimiter-conf: "<<"
                    purser.io/right-delimiter-conf: ">>"
                spec:
                  containers: [{name: web}]
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: templates}
                data:
                  good: '{{ not ours << env "HOME" >>'
                  bad: "<< nosuch >>"
                  other.tmpl: "{{ nosuch }}"
                """;
        String good =
                run("lint", "-f", write("good.yaml", stream.formatted("good"))).out();
        assertThat(good).contains("other.tmpl:1:4").doesNotContain("good:1", "bad:1");
        String bad =
                run("lint", "-f", write("bad.yaml", stream.formatted("bad"))).out();
        assertThat(bad).contains("bad:1:4", "other.tmpl:1:4");
    }

    @Test
    void lintNamesTwoKeysThatMakeOneFile() throws IOException {
        String stream = """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: web
                  annotations: {purser.io/inject: "true", purser.io/role: web, purser.io/templates: "one,two"}
                spec:
                  containers: [{name: web}]
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: one}
                data: {app.conf: a, app.conf.tmpl: b, other.tmpl: c}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: two}
                data: {other: d}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: of-nobody}
                data: {app.conf: a, other: b}
                """;
        Outcome outcome = run("lint", "-f", write("clash.yaml", stream));
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out())
                .contains("it makes the file app.conf, as one/app.conf does")
                .contains("it makes the file other, as one/other.tmpl does")
                .containsPattern("clash.yaml:12:.*app.conf")
                .doesNotContain("of-nobody");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inject", "lint"})
    void badInputIsOneSentenceAndTheRightExitCode(String command) throws IOException {
        assertThat(run(command, "-f", folder.resolve("none.yaml").toString())).satisfies(outcome -> {
            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.err()).matches("purser " + command + ": The file .*none.yaml does not exist; .*\n");
        });
        assertThat(run(command, "-f", write("bad.yaml", "ok: 1\n---\na: [\n"))).satisfies(outcome -> {
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.err()).matches("purser " + command + ": .*bad.yaml:[34]: This is not YAML: .*\n");
        });
        assertThat(run(command)).satisfies(outcome -> {
            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.err())
                    .isEqualTo(
                            "purser-webhook %1$s: Missing required option: '--filename=FILE|DIR|-'\nSee purser-webhook %1$s --help.\n"
                                    .formatted(command));
        });
        assertThat(run(command, "-f", write("ok.yaml", "a: 1"), "--policy", "strict"))
                .isEqualTo(new Outcome(
                        2,
                        "",
                        "purser " + command
                                + ": There is no policy strict; --policy-file names the file that has it.\n"));
        assertThat(run(command, "-f", write("ok.yaml", "a: 1"), "--cpu-limit", "much", "--run-as-user", "me"))
                .satisfies(outcome -> {
                    assertThat(outcome.exitCode()).isEqualTo(2);
                    assertThat(outcome.err()).contains("--cpu-limit").contains("--run-as-user");
                });
    }

    @ParameterizedTest
    @CsvSource({"json,'\"rule\" : \"unreadable-manifest\"'", "sarif,'\"ruleId\" : \"unreadable-manifest\"'"})
    void aManifestThatIsNoYamlIsAFindingForPrograms(String form, String finding) throws IOException {
        Outcome outcome = run("lint", "-o", form, "-f", write("bad.yaml", "ok: 1\n---\na: [\n"));
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).contains(finding, "This is not YAML");
        assertThat(outcome.err()).contains("This is not YAML");
    }

    @Test
    void aSettingsFileIsReadAndAMisspeltNameInItIsTold() throws IOException {
        String pod = FOLDER.resolve("stream.yaml").toString();
        String settings = write("settings", "store-address = https://store.example:8200\nPURSER_AGENT_IMAGE=mine:1\n");
        assertThat(run("inject", "-f", pod, "--settings", settings).out()).contains("image: mine:1");
        String misspelt = write("misspelt", "agent-imgae=x\n");
        assertThat(run("inject", "-f", pod, "--settings", misspelt)).satisfies(outcome -> {
            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.err()).contains("sets agent-imgae, which is no setting");
        });
        String broken = write("broken", "agent-image=\\uZ\n");
        assertThat(run("inject", "-f", pod, "--settings", broken).err())
                .contains("The settings file " + broken + " is not sound");
        assertThat(run("inject", "-f", pod, "--settings", folder.toString()).err())
                .contains("cannot be read");
        assertThat(run("inject", "-f", pod, "--policy-file", "none.yaml").err())
                .isEqualTo("purser inject: The policy file none.yaml does not exist; correct the path.\n");
    }

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
    void serveTellsWhatIsWrongWithItsFiles() throws IOException {
        assertThat(run("serve").exitCode()).isEqualTo(2);
        Outcome outcome = run("serve", "--tls-cert", "/none/tls.crt", "--tls-key", "/none/tls.key");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).isEqualTo("purser serve: /none/tls.crt does not exist; say where the file is.\n");
        assertThat(run("serve", "--tls-cert", "x", "--tls-key", "y", "--drain", "soon")
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
        Outcome outcome = run("serve", "--tls-cert", "/none/tls.crt", "--tls-key", "/none/tls.key", flag);
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains(told);
    }

    @ParameterizedTest
    @CsvSource({"text,purser.io/role", "markdown,| `role` |", "json,'\"name\" : \"purser.io/role\"'"})
    void annotationsPrintsTheReference(String form, String shown) {
        Outcome outcome = run("annotations", "-o", form);
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains(shown).endsWith("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "serve", "inject", "lint", "annotations"})
    void saysItsNameAndVersion(String command) {
        Outcome outcome = command.isEmpty() ? run("--version") : run(command, "--version");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).matches("purser-webhook (\\d+\\.\\d+\\.\\S+|\\(built from source\\))\\R");
    }

    private static Outcome run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine =
                Main.commandLine(arguments).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        return new Outcome(commandLine.execute(all.toArray(String[]::new)), out.toString(), err.toString());
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
