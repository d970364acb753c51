package io.purser.webhook.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The commands on manifests, held to files: {@code NAME.yaml} goes in, {@code NAME.COMMAND.FORM.expected} is what is printed.
 * {@code -Dgolden.update} writes those anew.
 */
class CommandTest {

    private static final Path FOLDER = Path.of("src/test/resources/io/purser/webhook/cli");

    @TempDir
    Path folder;

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
        Outcome outcome =
                Outcome.of(command, "-f", FOLDER.resolve(name + ".yaml").toString(), "-o", form);
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
        Outcome outcome = Outcome.of("inject", "-f", write("others.yaml", stream));
        assertThat(outcome).isEqualTo(new Outcome(0, stream, ""));
    }

    @Test
    void aPodThatAsksForNothingStaysAsItIsWritten() throws IOException {
        String pod = "apiVersion: v1\nkind: Pod\nmetadata:   {name: a}\nspec: {containers:   [{name: a}]}\n";
        assertThat(Outcome.of("inject", "-f", write("pod.yaml", pod)).out()).isEqualTo(pod);
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
        assertThat(Outcome.of("inject", "-f", folder.toString()).out()).isEqualTo("a: 1\nb: 1\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inject", "lint"})
    void badInputIsOneSentenceAndTheRightExitCode(String command) throws IOException {
        assertThat(Outcome.of(command, "-f", folder.resolve("none.yaml").toString()))
                .satisfies(outcome -> {
                    assertThat(outcome.exitCode()).isEqualTo(2);
                    assertThat(outcome.err())
                            .matches("purser " + command + ": The file .*none.yaml does not exist; .*\n");
                });
        assertThat(Outcome.of(command, "-f", write("bad.yaml", "ok: 1\n---\na: [\n")))
                .satisfies(outcome -> {
                    assertThat(outcome.exitCode()).isEqualTo(1);
                    assertThat(outcome.err())
                            .matches("purser " + command + ": .*bad.yaml:[34]: This is not YAML: .*\n");
                });
        assertThat(Outcome.of(command)).satisfies(outcome -> {
            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.err())
                    .isEqualTo(
                            "purser-webhook %1$s: Missing required option: '--filename=FILE|DIR|-'\nSee purser-webhook %1$s --help.\n"
                                    .formatted(command));
        });
        assertThat(Outcome.of(command, "-f", write("ok.yaml", "a: 1"), "--policy", "strict"))
                .isEqualTo(new Outcome(
                        2,
                        "",
                        "purser " + command
                                + ": There is no policy strict; --policy-file names the file that has it.\n"));
        assertThat(Outcome.of(command, "-f", write("ok.yaml", "a: 1"), "--cpu-limit", "much", "--run-as-user", "me"))
                .satisfies(outcome -> {
                    assertThat(outcome.exitCode()).isEqualTo(2);
                    assertThat(outcome.err()).contains("--cpu-limit").contains("--run-as-user");
                });
    }

    @Test
    void aSettingsFileIsReadAndAMisspeltNameInItIsTold() throws IOException {
        String pod = FOLDER.resolve("stream.yaml").toString();
        String settings = write("settings", "store-address = https://store.example:8200\nPURSER_AGENT_IMAGE=mine:1\n");
        assertThat(Outcome.of("inject", "-f", pod, "--settings", settings).out())
                .contains("image: mine:1");
        String misspelt = write("misspelt", "agent-imgae=x\n");
        assertThat(Outcome.of("inject", "-f", pod, "--settings", misspelt)).satisfies(outcome -> {
            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.err()).contains("sets agent-imgae, which is no setting");
        });
        String broken = write("broken", "agent-image=\\uZ\n");
        assertThat(Outcome.of("inject", "-f", pod, "--settings", broken).err())
                .contains("The settings file " + broken + " is not sound");
        assertThat(Outcome.of("inject", "-f", pod, "--settings", folder.toString())
                        .err())
                .contains("cannot be read");
        assertThat(Outcome.of("inject", "-f", pod, "--policy-file", "none.yaml").err())
                .isEqualTo("purser inject: The policy file none.yaml does not exist; correct the path.\n");
    }

    @ParameterizedTest
    @CsvSource({"text,purser.io/role", "markdown,| `role` |", "json,'\"name\" : \"purser.io/role\"'"})
    void annotationsPrintsTheReference(String form, String shown) {
        Outcome outcome = Outcome.of("annotations", "-o", form);
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains(shown).endsWith("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "serve", "inject", "lint", "annotations"})
    void saysItsNameAndVersion(String command) {
        Outcome outcome = command.isEmpty() ? Outcome.of("--version") : Outcome.of(command, "--version");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).matches("purser-webhook (\\d+\\.\\d+\\.\\S+|\\(built from source\\))\\R");
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }
}
