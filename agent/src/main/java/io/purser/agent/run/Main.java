package io.purser.agent.run;

import io.purser.agent.config.AgentConfig;
import io.purser.agent.config.AgentConfigException;
import io.purser.agent.config.AgentConfigJson;
import io.purser.agent.config.LogConfig;
import io.purser.agent.config.VaultAgentFile;
import io.purser.agent.lease.StoreException;
import io.purser.agent.vault.VaultStore;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The program in the pod. */
public final class Main {

    private static final Path TERMINATION_LOG = Path.of("/dev/termination-log");

    /** How long the end may take besides the configured delay: it has to fit the pod's grace period. */
    private static final Duration END_LIMIT = Duration.ofSeconds(10);

    private Main() {}

    /** Runs the agent and exits with its code. */
    public static void main(String... args) {
        System.exit(run(args, System.out, System.err));
    }

    static int run(String[] args, PrintStream out, PrintStream err) {
        CommandLine line;
        try {
            line = CommandLine.parse(args);
        } catch (CommandLine.MisuseException e) {
            err.println("purser-agent: " + e.getMessage());
            return 2;
        }
        if (line.help()) {
            out.print(CommandLine.USAGE);
            return 0;
        }
        if (line.version()) {
            out.println("purser-agent " + version());
            return 0;
        }
        MonotonicClock clock = new MonotonicClock();
        EventLog log = new EventLog(LogConfig.DEFAULT, err, clock);
        Ending ending = new Ending();
        Outcome outcome;
        try {
            AgentConfig config = withOwnFile(line, AgentConfigJson.read(text(line.config())));
            log = new EventLog(config.log(), err, clock);
            outcome = start(line, config, new Reporting(log, new AgentMetrics(), clock), ending);
        } catch (AgentConfigException | MissingConfigException e) {
            outcome = Outcome.failed(true, String.valueOf(e.getMessage()));
        } catch (StoreException e) {
            outcome = Outcome.failed(false, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            outcome = Outcome.failed(false, "the agent was interrupted");
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            log.error("failed", "trace", StackTrace.withoutMessages(e));
            outcome = Outcome.failed(
                    false, "the agent failed with " + e.getClass().getSimpleName() + "; this is a bug in Purser");
        }
        if (outcome.code() != 0) {
            log.error("ended", "exit", String.valueOf(outcome.code()), "reason", outcome.sentence());
            leaveMessage(outcome.sentence());
        }
        ending.ended(outcome.code());
        return outcome.code();
    }

    private static Outcome start(CommandLine line, AgentConfig config, Reporting reporting, Ending ending)
            throws InterruptedException {
        PodPaths paths = new PodPaths(line.root());
        VaultStore store = new VaultStore(config.store(), config.auth(), paths.root(), notice -> reporting
                .log()
                .warn("not as asked", "reason", notice));
        store.prepare();
        Agent agent = new Agent(config, paths, store, reporting, ending);
        ProcessSignals.endOnSignal(ending, END_LIMIT.plus(config.lifecycle().revokeDelay()));
        long seed = new SecureRandom().nextLong();
        if (line.once()) {
            return agent.once(seed);
        }
        ProcessSignals.refreshOnSignal(ending, reporting.log());
        return agent.sidecar(seed);
    }

    /** A pod may bring a configuration file of Vault's own agent, and another one for init. */
    private static AgentConfig withOwnFile(CommandLine line, AgentConfig config)
            throws AgentConfigException, MissingConfigException {
        if (config.vaultAgent() == null || config.vaultAgent().configDirectory() == null) {
            return config;
        }
        Path directory = new PodPaths(line.root()).of(config.vaultAgent().configDirectory());
        Path init = directory.resolve("config-init.hcl");
        Path file = line.once() && Files.exists(init) ? init : directory.resolve("config.hcl");
        return VaultAgentFile.merge(String.valueOf(file.getFileName()), text(file), config);
    }

    private static String text(@Nullable Path file) throws MissingConfigException {
        if (file != null) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new MissingConfigException("the configuration " + file + " cannot be read ("
                        + e.getClass().getSimpleName() + "); name a readable file with --config");
            }
        }
        String text = System.getenv("PURSER_CONFIG");
        if (text == null || text.isBlank()) {
            throw new MissingConfigException(
                    "there is no configuration; name a file with --config or set PURSER_CONFIG");
        }
        return text;
    }

    /** {@code kubectl describe pod} shows this; outside of a pod there is no such file. */
    private static void leaveMessage(String sentence) {
        if (Files.isWritable(TERMINATION_LOG)) {
            try {
                Files.writeString(TERMINATION_LOG, sentence.length() > 4000 ? sentence.substring(0, 4000) : sentence);
            } catch (IOException e) {
                System.err.println("purser-agent: the termination message was not written: " + e.getMessage());
            }
        }
    }

    /** In the distribution the agent is a module; a jar has it in its manifest. */
    private static String version() {
        ModuleDescriptor module = Main.class.getModule().getDescriptor();
        String version = module == null
                ? Main.class.getPackage().getImplementationVersion()
                : module.rawVersion().orElse(null);
        return version == null ? "(built from source)" : version;
    }

    private static final class MissingConfigException extends Exception {
        private static final long serialVersionUID = 1L;

        MissingConfigException(String message) {
            super(message);
        }
    }
}
