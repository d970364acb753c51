package io.purser.agent.run;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The agent's flags.
 *
 * @param config file of the configuration, or null for the environment's {@code PURSER_CONFIG}
 * @param once whether to end when every file is written
 * @param root what every absolute path of the configuration is put below
 * @param help whether to print the usage only
 * @param version whether to print the version only
 */
record CommandLine(@Nullable Path config, boolean once, Path root, boolean help, boolean version) {

    static final String USAGE = """
            Usage: purser-agent [--config FILE] [--once] [--root DIR]

            Logs in to the secret store with the pod's identity, renders the pod's files and keeps them fresh.

              --config FILE   the configuration; without it, the environment variable PURSER_CONFIG holds it
              --once          end when every file is written (the init container)
              --root DIR      put every absolute path of the configuration below DIR
              --help          show this text
              --version       show the version

            Exit codes: 0 done, 1 the configuration or a template is at fault, 2 misuse, 3 something outside failed.
            """;

    /** A command line that nobody can follow; the message says why. */
    static final class MisuseException extends Exception {
        private static final long serialVersionUID = 1L;

        MisuseException(String message) {
            super(message);
        }
    }

    static CommandLine parse(String... args) throws MisuseException {
        CommandLine line = new CommandLine(null, false, Path.of("/"), false, false);
        for (int i = 0; i < args.length; i++) {
            int equals = args[i].indexOf('=');
            String flag = equals < 0 ? args[i] : args[i].substring(0, equals);
            String value = equals < 0 ? null : args[i].substring(equals + 1);
            boolean takesValue = flag.equals("--config") || flag.equals("--root");
            if (takesValue && value == null) {
                if (++i == args.length) {
                    throw new MisuseException(flag + " needs a value; see --help");
                }
                value = args[i];
            } else if (!takesValue && value != null) {
                throw new MisuseException(flag + " takes no value; see --help");
            }
            line = line.with(flag, value == null ? "" : value);
        }
        return line;
    }

    private CommandLine with(String flag, String value) throws MisuseException {
        return switch (flag) {
            case "--config" -> new CommandLine(Path.of(value), once, root, help, version);
            case "--once" -> new CommandLine(config, true, root, help, version);
            case "--root" ->
                new CommandLine(config, once, Path.of(value).toAbsolutePath().normalize(), help, version);
            case "--help", "-h" -> new CommandLine(config, once, root, true, version);
            case "--version" -> new CommandLine(config, once, root, help, true);
            default -> throw new MisuseException("unknown argument " + flag + "; see --help");
        };
    }
}
