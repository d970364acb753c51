package io.purser.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
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
    void completionKnowsCommandsAndFlags() {
        StringWriter out = new StringWriter();
        Main.commandLine().setOut(new PrintWriter(out)).execute("completion");
        assertThat(out.toString()).contains("complete -F _complete_purser", "'--sidecar'", "certs");
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
