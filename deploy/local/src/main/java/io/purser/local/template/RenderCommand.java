package io.purser.local.template;

import com.bettercloud.vault.json.JsonObject;
import io.purser.agent.config.AuthConfig;
import io.purser.agent.config.StoreConfig;
import io.purser.agent.config.TlsConfig;
import io.purser.agent.lease.StoreException;
import io.purser.agent.template.Template;
import io.purser.agent.template.parse.TemplateException;
import io.purser.agent.template.parse.TemplateOptions;
import io.purser.agent.template.source.SourceException;
import io.purser.agent.template.source.TemplateContext;
import io.purser.agent.vault.VaultStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Renders one template. */
@Command(
        name = "render",
        description = "Renders one template against a secrets file or a real store, to standard output or a file.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class RenderCommand implements Callable<Integer> {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @Parameters(paramLabel = "TEMPLATE", description = "the template's file")
    private @Nullable Path template;

    @Option(
            names = "--secrets",
            paramLabel = "FILE",
            description = "a JSON object from requests to the store's answers, as 'purser test' reads it")
    private @Nullable Path secrets;

    @Option(names = "--vault", paramLabel = "URL", description = "a real Vault or OpenBao; needs --token-file")
    private @Nullable URI vault;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "holds the store's token, for example ~/.vault-token")
    private @Nullable Path tokenFile;

    @Option(names = "--ca", paramLabel = "FILE", description = "the CA certificates of --vault, PEM")
    private @Nullable Path ca;

    @Option(names = "--namespace", paramLabel = "NAME", description = "the namespace in the store")
    private @Nullable String namespace;

    @Option(names = "--files", paramLabel = "DIR", description = "with --secrets: stands for / for the function file")
    private @Nullable Path files;

    @Option(
            names = "--env",
            paramLabel = "NAME=VALUE",
            description = "with --secrets: an environment variable of the pod")
    private Map<String, String> environment = Map.of();

    @Option(names = "--error-on-missing-key", description = "a key that a secret lacks is an error")
    private boolean errorOnMissingKey;

    @Option(names = "--left-delim", paramLabel = "TEXT", description = "opens an action (default: {{)")
    private String leftDelimiter = "";

    @Option(names = "--right-delim", paramLabel = "TEXT", description = "closes an action (default: }})")
    private String rightDelimiter = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "where to (default: standard output)")
    private @Nullable Path output;

    @Spec
    private @Nullable CommandSpec spec;

    private final Clock clock = Clock.systemUTC();

    @Override
    public Integer call() {
        if ((secrets == null) == (vault == null)) {
            throw misuse("Where are the secrets? Name one of --secrets FILE and --vault URL.");
        }
        if (vault != null && tokenFile == null) {
            throw misuse("--vault needs --token-file FILE, a file with a token of the store.");
        }
        try {
            Path file = Objects.requireNonNull(template);
            TemplateOptions options = new TemplateOptions(leftDelimiter, rightDelimiter, errorOnMissingKey);
            Template parsed = Template.parse(file.toString(), FixtureFiles.text(file), options);
            write(parsed.renderBytes(vault == null ? fixtures() : store()));
            return 0;
        } catch (TemplateException | SourceException | FixtureException e) {
            return failed(String.valueOf(e.getMessage()), 1);
        } catch (StoreException e) {
            return failed(String.valueOf(e.getMessage()), 3);
        } catch (IOException e) {
            return failed((output == null ? "standard output" : output) + " cannot be written: " + e.getMessage(), 3);
        }
    }

    private TemplateContext fixtures() {
        JsonObject variables = new JsonObject();
        environment.forEach(variables::add);
        Path root = files == null ? Path.of("/") : files;
        return new FixtureContext(FixtureFiles.object(present(secrets)), variables, root, clock.instant());
    }

    /** A secrets file that was named must be there, other than one beside a template. */
    private static Path present(@Nullable Path file) {
        Path named = Objects.requireNonNull(file);
        if (!Files.isReadable(named)) {
            throw new FixtureException(named + " cannot be read; check that it exists");
        }
        return named;
    }

    private TemplateContext store() {
        String caFile = ca == null ? null : ca.toAbsolutePath().toString();
        TlsConfig tls = new TlsConfig(null, caFile, null, null, false, null, null);
        StoreConfig config = new StoreConfig("vault", String.valueOf(vault), namespace, tls, null, TIMEOUT, 1);
        String token = Objects.requireNonNull(tokenFile).toAbsolutePath().toString();
        Map<String, String> parameters = Map.of("token_file_path", token);
        AuthConfig auth =
                new AuthConfig("token_file", "token", null, null, null, parameters, TIMEOUT, TIMEOUT, true, null);
        VaultStore store = new VaultStore(config, auth, Path.of("/"));
        return new StoreContext(store, store.login(), clock.instant());
    }

    private void write(byte[] bytes) throws IOException {
        if (output != null) {
            Files.write(output, bytes);
            return;
        }
        System.out.write(bytes);
        System.out.flush();
    }

    private int failed(String message, int code) {
        Objects.requireNonNull(spec).commandLine().getErr().println("purser render: " + message);
        return code;
    }

    private ParameterException misuse(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
