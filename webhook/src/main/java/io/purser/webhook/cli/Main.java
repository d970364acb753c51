package io.purser.webhook.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The commands of the webhook's image. Told in code, as {@code serve} is, so that a start reads no annotations. */
public final class Main implements Runnable {

    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

    private Main() {
        spec.name("purser-webhook").versionProvider(new Version());
        spec.usageMessage().description("Purser's admission webhook, and what it would do, on the command line.");
        StandardFlags.addTo(spec);
    }

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        System.exit(commandLine(args).execute(args));
    }

    static CommandLine commandLine(String... args) {
        CommandLine line = new CommandLine(new Main().spec);
        Stream<Object> commands = args.length > 0 && args[0].equals("serve")
                ? Stream.of(Serve.command())
                : Stream.of(new HelpCommand(), Serve.command(), new Inject(), new Lint(), new Annotations());
        commands.forEach(line::addSubcommand);
        // Manifests are UTF-8, also where the locale is POSIX, as in containers and pipelines.
        return line.setOut(new PrintWriter(System.out, true, UTF_8))
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
