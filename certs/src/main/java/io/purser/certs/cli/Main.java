package io.purser.certs.cli;

import java.io.PrintWriter;
import picocli.CommandLine;

/** Runs {@code certs} as a program of its own, as the image does. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new CertsCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(new Misuse())
                .setExecutionExceptionHandler(Main::outsideFailed);
    }

    private static int outsideFailed(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        PrintWriter err = command.getErr();
        err.println("purser: " + command.getCommandName() + " failed: " + failure);
        err.flush();
        return 3;
    }
}
