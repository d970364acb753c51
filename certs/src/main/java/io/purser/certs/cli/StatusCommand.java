package io.purser.certs.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.purser.certs.cluster.ApiServerClock;
import io.purser.certs.cluster.ApiServerFailure;
import io.purser.certs.cluster.ClusterTrust;
import io.purser.certs.rotation.Authority;
import io.purser.certs.rotation.Published;
import io.purser.certs.rotation.TrustState;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How the certificates stand in a cluster. */
@Command(
        name = "status",
        description = "Shows the authorities, their stage, and whether the webhook configuration trusts them.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false)
final class StatusCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Output output = Output.TEXT;

    /** For a person, or for a script. */
    enum Output {
        TEXT,
        JSON
    }

    /** What was found. */
    private record Found(@Nullable TrustState state, Published published, Instant now) {
        boolean isPublished() {
            return state != null
                    && published.isExactly(state.authorities().stream()
                            .map(Authority::certificate)
                            .toList());
        }

        boolean isRight() {
            return state != null && isPublished() && state.issuing(now).isPresent();
        }
    }

    @Override
    public Integer call() {
        ApiServerClock clock = new ApiServerClock(InstantSource.system());
        try (KubernetesClient client = cluster.client(clock)) {
            ClusterTrust trust = new ClusterTrust(client, cluster.target());
            Published published = Objects.requireNonNull(trust.readPublished().value());
            Found found = new Found(trust.readState().value(), published, clock.instant());
            PrintWriter out = spec.commandLine().getOut();
            out.print(output == Output.JSON ? json(found).toPrettyString() + "\n" : text(found));
            out.flush();
            return found.isRight() ? 0 : 1;
        } catch (KubernetesClientException e) {
            spec.commandLine()
                    .getErr()
                    .println("purser: the cluster cannot be asked; check the kubeconfig, or --context: "
                            + ApiServerFailure.sentence(e));
            return 3;
        }
    }

    private String text(Found found) {
        StringBuilder text = new StringBuilder();
        for (Authority authority : authorities(found)) {
            text.append(String.format(
                    "authority  %-9s until %s  %s%n",
                    stage(authority, found.now()),
                    authority.end(),
                    authority.certificate().getSubjectX500Principal()));
        }
        if (found.state() == null) {
            text.append(String.format(
                    "authority  none: the Secret %s/%s is not there or not readable%n",
                    cluster.target().namespace(), cluster.target().secret()));
        }
        text.append(String.format("caBundle   %s%n", bundle(found)));
        return text.toString();
    }

    private ObjectNode json(Found found) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode list = root.putArray("authorities");
        for (Authority authority : authorities(found)) {
            list.addObject()
                    .put(
                            "subject",
                            authority.certificate().getSubjectX500Principal().toString())
                    .put("stage", stage(authority, found.now()))
                    .put("notAfter", authority.end().toString());
        }
        root.put("published", found.isPublished());
        root.put("ok", found.isRight());
        return root;
    }

    private String bundle(Found found) {
        String name = cluster.target().webhookConfiguration();
        if (found.published() instanceof Published.Absent) {
            return "there is no MutatingWebhookConfiguration " + name;
        }
        return found.isPublished()
                ? "every webhook of " + name + " trusts exactly these"
                : "not every webhook of " + name + " trusts exactly these yet";
    }

    private static List<Authority> authorities(Found found) {
        return found.state() == null ? List.of() : found.state().authorities();
    }

    private static String stage(Authority authority, Instant now) {
        Instant usableFrom = authority.usableFrom();
        if (authority.retiredAt() != null || authority.privateKeyPem() == null) {
            return "retired";
        }
        if (usableFrom == null) {
            return "new";
        }
        return usableFrom.isAfter(now) ? "settling" : "issuing";
    }
}
