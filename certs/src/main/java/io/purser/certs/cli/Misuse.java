package io.purser.certs.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells of a misuse in a sentence and where to read more, as all of Purser's programs do: the whole usage, a page long, would hide it. */
final class Misuse implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException misuse, String[] arguments) {
        CommandLine command = misuse.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        PrintWriter err = command.getErr();
        err.println(name + ": " + misuse.getMessage());
        UnmatchedArgumentException.printSuggestions(misuse, err);
        err.println("See " + name + " --help.");
        err.flush();
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }
}
