package io.purser.webhook.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The commands of the webhook's image. */
@Command(
        name = "purser-webhook",
        description = "Purser's admission webhook, and what it would do, on the command line.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {HelpCommand.class, Serve.class, Inject.class, Lint.class, Annotations.class})
public final class Main implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Main() {}

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(new Misuse())
                .setExecutionExceptionHandler(Main::outsideFailed);
    }

    private static int outsideFailed(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        err.println("purser: " + command.getCommandName() + " failed: " + failure);
        err.flush();
        return 3;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? For example: serve");
    }
}
