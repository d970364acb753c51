package io.purser.certs.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The parent of the commands for certificates. */
@Command(
        name = "certs",
        description = "The webhook's certificates: how they stand, new ones, and the container that keeps them fresh.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {HelpCommand.class, StatusCommand.class, IssueCommand.class, RotateCommand.class, RunCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the input is at fault, or the certificates are not as they should be",
            "2:the command was misused",
            "3:something outside failed",
        })
public final class CertsCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** For the front door, which has it as a subcommand. */
    public CertsCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command? For example: certs status");
    }
}
