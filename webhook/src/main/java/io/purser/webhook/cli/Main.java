package io.purser.webhook.cli;

import java.io.PrintWriter;
import java.util.stream.Stream;
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
        versionProvider = Version.class)
public final class Main implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Main() {}

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        System.exit(commandLine(args).execute(args));
    }

    /** Reading the annotations of a command takes some 10 ms of a start, so that serving does not read those of others. */
    static CommandLine commandLine(String... args) {
        CommandLine line = new CommandLine(new Main());
        if (args.length > 0 && args[0].equals("serve")) {
            line.addSubcommand(new Serve());
        } else {
            Stream.of(new HelpCommand(), new Serve(), new Inject(), new Lint(), new Annotations())
                    .forEach(line::addSubcommand);
        }
        return line.setCaseInsensitiveEnumValuesAllowed(true)
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
