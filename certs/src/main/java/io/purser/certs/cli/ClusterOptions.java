package io.purser.certs.cli;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.purser.certs.cluster.ApiServerClock;
import io.purser.certs.cluster.Target;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

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

    Target target() {
        return new Target(namespace, secret, lease, webhookConfiguration);
    }

    /** A client of the cluster, with short time-outs: a certificate is no reason to wait for minutes. */
    KubernetesClient client(ApiServerClock clock) {
        Config config = new ConfigBuilder(Config.autoConfigure(context))
                .withRequestTimeout((int) Duration.ofSeconds(10).toMillis())
                .withConnectionTimeout((int) Duration.ofSeconds(5).toMillis())
                .withRequestRetryBackoffLimit(1)
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("api-server-clock", clock))
                .build();
    }
}
