package io.purser.certs.cli;

import io.purser.certs.rotation.RotationPolicy;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The times of the rotation, as flags. */
final class PolicyOptions {
    @Option(
            names = "--ca-validity",
            paramLabel = "DURATION",
            converter = Durations.class,
            defaultValue = "365d",
            description = "how long an authority lasts (default: ${DEFAULT-VALUE})")
    private Duration caValidity = RotationPolicy.DEFAULT.caValidity();

    @Option(
            names = "--ca-renew-before",
            paramLabel = "DURATION",
            converter = Durations.class,
            defaultValue = "120d",
            description = "how long before its end the next is made (default: ${DEFAULT-VALUE})")
    private Duration caRenewBefore = RotationPolicy.DEFAULT.caRenewBefore();

    @Option(
            names = "--leaf-validity",
            paramLabel = "DURATION",
            converter = Durations.class,
            defaultValue = "7d",
            description = "how long a serving certificate lasts; it is renewed at half (default: ${DEFAULT-VALUE})")
    private Duration leafValidity = RotationPolicy.DEFAULT.leafValidity();

    @Option(
            names = "--settle",
            paramLabel = "DURATION",
            converter = Durations.class,
            defaultValue = "60s",
            description = "how long every API server may need to see a new bundle (default: ${DEFAULT-VALUE})")
    private Duration settle = RotationPolicy.DEFAULT.settle();

    /**
     * The policy that the flags make.
     *
     * @throws IllegalArgumentException when the times do not fit together
     */
    RotationPolicy policy() {
        return new RotationPolicy(RotationPolicy.DEFAULT.caName(), caValidity, caRenewBefore, leafValidity, settle);
    }
}
