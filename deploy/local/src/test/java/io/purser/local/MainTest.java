package io.purser.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {
    @TestFactory
    Stream<DynamicTest> everyCommandSaysItsNameAndVersion() {
        return commands(Main.commandLine())
                .filter(command -> command.getCommandSpec().findOption("--version") != null)
                .map(command -> DynamicTest.dynamicTest(
                        command.getCommandSpec().qualifiedName(), () -> assertThat(version(command))
                                .matches("purser(-webhook|-certs)? (\\d+\\.\\d+\\.\\S+|\\(built from source\\))\\R")));
    }

    @TestFactory
    Stream<DynamicTest> everyCommandIsListedWithAWholeSentence() {
        return Main.commandLine().getSubcommands().values().stream()
                .map(command -> DynamicTest.dynamicTest(command.getCommandName(), () -> assertThat(
                                command.getCommandSpec().usageMessage().description()[0])
                        .endsWith(".")));
    }

    @Test
    void theAgentRunsWithItsOwnMainClass(@TempDir Path folder) throws Exception {
        Path config = Files.writeString(folder.resolve("config.json"), "{");
        Process agent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "agent",
                        "--config=" + config,
                        "--once",
                        "--root=" + folder)
                .redirectErrorStream(true)
                .start();
        String said = new String(agent.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(agent.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said).contains("ended").contains("configuration");
        assertThat(agent.exitValue()).isEqualTo(1);
    }

    @Test
    void completionKnowsCommandsAndFlags() {
        StringWriter out = new StringWriter();
        Main.commandLine().setOut(new PrintWriter(out)).execute("completion");
        assertThat(out.toString())
                .contains("complete -F _complete_purser", "'--sidecar'", "certs", "agent", "'--once'");
    }

    private static Stream<CommandLine> commands(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(MainTest::commands));
    }

    private static String version(CommandLine command) {
        StringWriter out = new StringWriter();
        command.setOut(new PrintWriter(out)).execute("--version");
        return out.toString();
    }
}
