package io.purser.local;

import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What a shell needs to complete commands and flags. */
@Command(
        name = "completion",
        description = {
            "Prints a script by which bash and zsh complete commands and flags.",
            "For the shell that runs: source <(./purser completion)"
        },
        mixinStandardHelpOptions = true)
final class CompletionCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        CommandLine purser = Objects.requireNonNull(spec).root().commandLine();
        PrintWriter out = spec.commandLine().getOut();
        out.print(AutoComplete.bash(purser.getCommandName(), purser));
        out.flush();
    }
}
