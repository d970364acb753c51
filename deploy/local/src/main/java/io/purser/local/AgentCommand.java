package io.purser.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The agent with its own main class, which parses its flags again and ends the process. */
@Command(
        name = "agent",
        description = "Runs the agent as in a pod: logs in to the store, renders the files and keeps them fresh.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the configuration or a template is at fault",
            "2:the command was misused",
            "3:something outside failed",
        })
final class AgentCommand implements Runnable {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "the configuration; without it, the environment variable PURSER_CONFIG holds it, as in a pod")
    private @Nullable Path config;

    @Option(names = "--once", description = "end when every file is written, as the init container does")
    private boolean once;

    @Option(
            names = "--root",
            paramLabel = "DIR",
            description = "put every absolute path of the configuration below DIR")
    private @Nullable Path root;

    @Override
    public void run() {
        List<String> arguments = new ArrayList<>();
        if (config != null) {
            arguments.add("--config=" + config);
        }
        if (once) {
            arguments.add("--once");
        }
        if (root != null) {
            arguments.add("--root=" + root);
        }
        io.purser.agent.run.Main.main(arguments.toArray(String[]::new));
    }
}
