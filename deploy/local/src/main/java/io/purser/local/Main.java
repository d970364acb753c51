package io.purser.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.purser.certs.cli.CertsCommand;
import io.purser.local.bench.BenchCommand;
import io.purser.local.node.NodeCommand;
import io.purser.local.template.RenderCommand;
import io.purser.local.template.TestCommand;
import io.purser.local.trial.TryCommand;
import io.purser.webhook.cli.Annotations;
import io.purser.webhook.cli.Inject;
import io.purser.webhook.cli.Lint;
import io.purser.webhook.cli.Misuse;
import io.purser.webhook.cli.Serve;
import java.io.PrintWriter;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The front door: every command of Purser for a person at a terminal. */
@Command(
        name = "purser",
        description = "Gives every pod its secrets as files, with the pod's own identity, and keeps them fresh.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the input is at fault",
            "2:the command was misused",
            "3:something outside failed",
        })
public final class Main implements Runnable {

    @Spec
    private CommandSpec spec;

    private Main() {}

    /**
     * Runs one command and ends the JVM with its exit code.
     *
     * @param args the command and its arguments
     */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        CommandLine purser = new CommandLine(new Main());
        Stream.of(
                        new HelpCommand(),
                        new TryCommand(),
                        new TestCommand(),
                        new RenderCommand(),
                        Serve.command(),
                        new Inject(),
                        new Lint(),
                        new Annotations(),
                        new AgentCommand(),
                        new CertsCommand(),
                        new BenchCommand(),
                        new NodeCommand(),
                        new CompletionCommand())
                .forEach(purser::addSubcommand);
        purser.getSubcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(command -> command.versionProvider() == null)
                .forEach(command -> command.versionProvider(new Version()));
        // Manifests are UTF-8, also where the locale is POSIX, as in containers and pipelines.
        return purser.setOut(new PrintWriter(System.out, true, UTF_8))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(new Misuse())
                .setExecutionExceptionHandler(Main::outsideFailed);
    }

    /** A command that knows better has caught its own failures; what comes here is unforeseen. */
    private static int outsideFailed(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        PrintWriter err = command.getErr();
        err.println("purser: " + command.getCommandName() + " failed: " + failure);
        err.flush();
        return 3;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? For example: purser try");
    }
}
