package io.purser.webhook.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;

/** How a command tells what went wrong. */
final class Failures {

    private Failures() {}

    /** Writes each sentence on a line of the standard error, and returns the exit code. */
    static int tell(CommandLine command, List<String> sentences, int exitCode) {
        PrintWriter err = command.getErr();
        for (String sentence : sentences) {
            err.println("purser " + command.getCommandName() + ": " + sentence);
        }
        err.flush();
        return exitCode;
    }
}
