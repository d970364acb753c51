package io.purser.certs.cli;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.purser.certs.cluster.ApiServerClock;
import io.purser.certs.cluster.Target;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which objects of which cluster the commands are about. */
final class ClusterOptions {
    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            defaultValue = "${env:PURSER_NAMESPACE:-purser}",
            description = "where Purser is installed (default: ${DEFAULT-VALUE})")
    private String namespace = "purser";

    @Option(
            names = "--secret",
            paramLabel = "NAME",
            defaultValue = "purser-ca",
            description = "the Secret of the certificate authority (default: ${DEFAULT-VALUE})")
    private String secret = "purser-ca";

    @Option(
            names = "--lease",
            paramLabel = "NAME",
            defaultValue = "purser-certs",
            description = "the Lease that elects the writer (default: ${DEFAULT-VALUE})")
    private String lease = "purser-certs";

    @Option(
            names = "--webhook-configuration",
            paramLabel = "NAME",
            defaultValue = "purser",
            description = "the MutatingWebhookConfiguration (default: ${DEFAULT-VALUE})")
    private String webhookConfiguration = "purser";

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "context of the kubeconfig; unset: the current one, or the pod's own account")
    private @Nullable String context;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    Target target() {
        return new Target(namespace, secret, lease, webhookConfiguration);
    }

    /**
     * A client of the cluster, with short time-outs: a certificate is no reason to wait for minutes.
     *
     * @throws ParameterException when the kubeconfig lacks the context
     */
    KubernetesClient client(ApiServerClock clock) {
        Config found = Config.autoConfigure(context);
        checkContext(found);
        Config config = new ConfigBuilder(found)
                .withAutoOAuthToken(withoutLineEnd(found.getAutoOAuthToken()))
                .withRequestTimeout((int) Duration.ofSeconds(10).toMillis())
                .withConnectionTimeout((int) Duration.ofSeconds(5).toMillis())
                .withRequestRetryBackoffLimit(1)
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("api-server-clock", clock))
                .build();
    }

    /** The client's library takes the current context for one that is not there: another cluster than was meant. */
    private void checkContext(Config found) {
        if (context == null) {
            return;
        }
        List<String> names =
                found.getContexts().stream().map(NamedContext::getName).toList();
        if (!names.contains(context)) {
            throw new ParameterException(
                    command.commandLine(),
                    "--context " + context + " is not in the kubeconfig; it has "
                            + (names.isEmpty() ? "none" : String.join(", ", names)));
        }
    }

    /** The HTTP client refuses a header with a line's end, and says which: the token would be in its message. */
    private static @Nullable String withoutLineEnd(@Nullable String token) {
        return token == null ? null : token.strip();
    }
}
