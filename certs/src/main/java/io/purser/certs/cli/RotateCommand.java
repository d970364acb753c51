package io.purser.certs.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.purser.certs.cluster.ApiServerClock;
import io.purser.certs.cluster.ApiServerFailure;
import io.purser.certs.cluster.ClusterTrust;
import io.purser.certs.cluster.Versioned;
import io.purser.certs.rotation.Rotation;
import io.purser.certs.rotation.RotationPolicy;
import io.purser.certs.rotation.TrustState;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A new authority now, after a leak for example. */
@Command(
        name = "rotate",
        description = "Makes a new certificate authority in the Secret; the running certs containers do the rest:"
                + " publish it, wait, serve under it, retire the old one.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false)
final class RotateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = "--ca-validity",
            paramLabel = "DURATION",
            converter = Durations.class,
            defaultValue = "365d",
            description = "how long the new authority lasts (default: ${DEFAULT-VALUE})")
    private Duration caValidity = RotationPolicy.DEFAULT.caValidity();

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        PrintWriter out = spec.commandLine().getOut();
        ApiServerClock clock = new ApiServerClock(InstantSource.system());
        try (KubernetesClient client = cluster.client(clock)) {
            ClusterTrust trust = new ClusterTrust(client, cluster.target());
            Versioned<TrustState> saved = trust.readState();
            if (saved.value() == null) {
                err.println("purser: the Secret " + where() + " holds no certificate authority; is Purser installed"
                        + " there with certificates of its own?");
                return 1;
            }
            Optional<TrustState> rotated = new Rotation(policy()).rotated(saved.value(), clock.instant());
            if (rotated.isEmpty()) {
                err.println("purser: a rotation is under way already; see: purser certs status");
                return 1;
            }
            if (!trust.save(rotated.get(), saved.resourceVersion())) {
                err.println("purser: the Secret " + where() + " was changed at the same moment; try again");
                return 3;
            }
            out.println(
                    "purser: a new authority is in the Secret " + where() + "; follow it with: purser certs status");
            out.flush();
            return 0;
        } catch (KubernetesClientException e) {
            err.println("purser: the cluster cannot be asked; check the kubeconfig, or --context: "
                    + ApiServerFailure.sentence(e));
            return 3;
        }
    }

    private RotationPolicy policy() {
        RotationPolicy usual = RotationPolicy.DEFAULT;
        return new RotationPolicy(
                usual.caName(), caValidity, caValidity.dividedBy(3), caValidity.dividedBy(3), usual.settle());
    }

    private String where() {
        return cluster.target().namespace() + "/" + cluster.target().secret();
    }
}
