package io.purser.local.trial;

import io.purser.local.cluster.InvalidManifestException;
import io.purser.local.cluster.Manifests;
import io.purser.local.cluster.TokenIssuer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tries a pod on this machine: no cluster, no root. */
@Command(
        name = "try",
        description = {
            "Tries pods on this machine, without a cluster, and shows the files that they get.",
            "Sends them through the real webhook as an API server would, runs their agents as processes, shows the files that"
                    + " the application sees, rotates a secret and shows the files again."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class TryCommand implements Callable<Integer> {

    private static final String FIRST_EXAMPLE = "deploy/examples/web";
    private static final List<String> SIDECARS = List.of("native", "classic");
    private static final List<String> LOG_LEVELS = List.of("trace", "debug", "info", "warn", "error");

    @Parameters(
            paramLabel = "POD.yaml",
            arity = "0..*",
            description =
                    "files or folders with pods or workloads, and the ConfigMaps they use (default: the first example)")
    private List<Path> manifests = List.of();

    @Option(
            names = "--vault",
            paramLabel = "URL",
            description = "a real Vault or OpenBao in place of the embedded store")
    private @Nullable URI vault;

    @Option(names = "--ca", paramLabel = "FILE", description = "the CA certificates of --vault, PEM")
    private @Nullable Path ca;

    @Option(
            names = "--jwt",
            paramLabel = "FILE",
            description = "the pod's service-account token, for a store that checks it (default: one signed here)")
    private @Nullable Path jwt;

    @Option(
            names = "--secrets",
            paramLabel = "FILE",
            description = "what the embedded store holds: a JSON object from paths to the store's answers, as for"
                    + " 'purser test' (default: secrets.json beside the manifest)")
    private @Nullable Path secrets;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description =
                    "what the pod's role may do in the embedded store, HCL (default: policy.hcl beside the manifest,"
                            + " else everything)")
    private @Nullable Path policy;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "leaves the files as the application sees them, with their modes, at DIR/<path in the container>")
    private @Nullable Path out;

    @Option(
            names = "--sidecar",
            paramLabel = "MODE",
            description = "native or classic, for pods that do not say (default: native)")
    private @Nullable String sidecar;

    @Option(names = "--once", description = "ends after the first rendering")
    private boolean once;

    @Option(names = "--show", description = "shows the values of secrets")
    private boolean show;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "how long the agent may take to render everything (default: ${DEFAULT-VALUE})")
    private int timeout;

    @Option(
            names = "--watch",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "with --vault: how long a change in the store is waited for (default: ${DEFAULT-VALUE})")
    private int watch;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            defaultValue = "warn",
            description = "of the agent: trace, debug, info, warn or error (default: ${DEFAULT-VALUE})")
    private String logLevel = "warn";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        TrialOptions options = options(command);
        try {
            Manifests read = Manifests.read(options.manifests());
            TokenIssuer issuer = TokenIssuer.create();
            TrialStore store = store(options, issuer);
            Console console = new Console(command.getOut(), new Mask(store::knownValues), show);
            run(new Trial(options, console, store, issuer), read);
            return 0;
        } catch (InvalidManifestException e) {
            return tell(command.getErr(), e.getMessage(), 1);
        } catch (TrialException e) {
            return tell(command.getErr(), e.getMessage(), e.exitCode());
        } catch (IOException e) {
            return tell(command.getErr(), String.valueOf(e.getMessage()), 3);
        }
    }

    /** Whatever happens, also an interrupt from the terminal, no process is left behind. */
    private static void run(Trial trial, Manifests manifests)
            throws TrialException, InvalidManifestException, IOException, InterruptedException {
        Thread hook = new Thread(() -> close(trial), "end of try");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            trial.run(manifests);
        } finally {
            trial.close();
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException alreadyEnding) {
                // the hook closes the trial once more, which does nothing
            }
        }
    }

    private static void close(Trial trial) {
        try {
            trial.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TrialOptions options(CommandLine command) {
        if (vault == null && (ca != null || jwt != null)) {
            throw new ParameterException(command, "--ca and --jwt go with --vault");
        }
        if (vault != null && (secrets != null || policy != null)) {
            throw new ParameterException(command, "--secrets and --policy are for the embedded store, not for --vault");
        }
        if (vault != null && (vault.getScheme() == null || vault.getHost() == null)) {
            throw new ParameterException(command, "--vault takes a URL such as https://127.0.0.1:8200");
        }
        if (sidecar != null && !SIDECARS.contains(sidecar)) {
            throw new ParameterException(command, "--sidecar takes " + String.join(" or ", SIDECARS));
        }
        if (!LOG_LEVELS.contains(logLevel)) {
            throw new ParameterException(command, "--log-level takes one of " + String.join(", ", LOG_LEVELS));
        }
        List<Path> paths = manifests.isEmpty()
                ? List.of(Path.of(System.getProperty("purser.home", "."), FIRST_EXAMPLE))
                : manifests;
        return new TrialOptions(
                paths,
                vault,
                ca,
                jwt,
                secrets,
                policy,
                out,
                sidecar,
                once,
                logLevel,
                Duration.ofSeconds(timeout),
                Duration.ofSeconds(watch));
    }

    private static TrialStore store(TrialOptions options, TokenIssuer issuer) throws TrialException, IOException {
        URI real = options.vault();
        if (real != null) {
            return RealTrialStore.connect(real, options.ca());
        }
        return EmbeddedTrialStore.start(
                issuer,
                new EmbeddedTrialStore.Filling(
                        beside(options, options.secrets(), "secrets.json"),
                        beside(options, options.policy(), "policy.hcl")));
    }

    /** The file that was given, or the one of that name beside the first manifest, or null. */
    private static @Nullable Path beside(TrialOptions options, @Nullable Path given, String name) {
        if (given != null) {
            return given;
        }
        Path first = options.manifests().get(0);
        Path file = Files.isDirectory(first) ? first.resolve(name) : first.resolveSibling(name);
        return Files.exists(file) ? file : null;
    }

    private static int tell(PrintWriter err, @Nullable String sentence, int exitCode) {
        err.println("purser try: " + sentence);
        err.flush();
        return exitCode;
    }
}
