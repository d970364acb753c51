package io.purser.architecture;

import java.util.EnumSet;
import java.util.Set;

/** The rooms of the house, and into which others each may look. */
enum Layer {
    AGENT_CONFIG("agent.config", true),
    AGENT_TEMPLATE("agent.template", true, AGENT_CONFIG),
    AGENT_LEASE("agent.lease", true, AGENT_CONFIG, AGENT_TEMPLATE),
    AGENT_VAULT("agent.vault", false, AGENT_CONFIG, AGENT_TEMPLATE, AGENT_LEASE),
    AGENT_VOLUME("agent.volume", false, AGENT_CONFIG),
    AGENT_NOTIFY("agent.notify", false, AGENT_CONFIG),
    AGENT_RUN("agent.run", false, AGENT_CONFIG, AGENT_TEMPLATE, AGENT_LEASE, AGENT_VAULT, AGENT_VOLUME, AGENT_NOTIFY),

    WEBHOOK_POD("webhook.pod", true),
    WEBHOOK_POLICY("webhook.policy", true, WEBHOOK_POD, AGENT_CONFIG, AGENT_TEMPLATE),
    WEBHOOK_PLAN("webhook.plan", true, WEBHOOK_POD, WEBHOOK_POLICY, AGENT_CONFIG, AGENT_TEMPLATE),
    WEBHOOK_PATCH("webhook.patch", true, WEBHOOK_POD, WEBHOOK_POLICY, WEBHOOK_PLAN, AGENT_CONFIG),
    WEBHOOK_ADMISSION(
            "webhook.admission", false, WEBHOOK_POD, WEBHOOK_POLICY, WEBHOOK_PLAN, WEBHOOK_PATCH, AGENT_CONFIG),
    WEBHOOK_TLS("webhook.tls", false),
    WEBHOOK_HTTP(
            "webhook.http",
            false,
            WEBHOOK_ADMISSION,
            WEBHOOK_TLS,
            WEBHOOK_POD,
            WEBHOOK_POLICY,
            WEBHOOK_PLAN,
            WEBHOOK_PATCH),
    WEBHOOK_CLI(
            "webhook.cli",
            false,
            WEBHOOK_HTTP,
            WEBHOOK_ADMISSION,
            WEBHOOK_TLS,
            WEBHOOK_POD,
            WEBHOOK_POLICY,
            WEBHOOK_PLAN,
            WEBHOOK_PATCH,
            AGENT_CONFIG,
            AGENT_TEMPLATE),

    CERTS_AUTHORITY("certs.authority", true),
    CERTS_ROTATION("certs.rotation", true, CERTS_AUTHORITY),
    CERTS_VOLUME("certs.volume", false, CERTS_AUTHORITY),
    CERTS_CLUSTER("certs.cluster", false, CERTS_AUTHORITY, CERTS_ROTATION),
    CERTS_RUN("certs.run", false, CERTS_AUTHORITY, CERTS_ROTATION, CERTS_VOLUME, CERTS_CLUSTER),
    CERTS_CLI("certs.cli", false, CERTS_AUTHORITY, CERTS_ROTATION, CERTS_VOLUME, CERTS_CLUSTER, CERTS_RUN),
    LOCAL("local", false);

    private final String path;
    private final boolean pure;
    private final Set<Layer> below;

    Layer(String path, boolean pure, Layer... below) {
        this.path = path;
        this.pure = pure;
        this.below = below.length == 0 ? Set.of() : Set.of(below);
    }

    boolean isPure() {
        return pure;
    }

    /** The layers that this one may use. The laptop runner joins the whole product, so it may use all. */
    Set<Layer> below() {
        return this == LOCAL ? EnumSet.complementOf(EnumSet.of(LOCAL)) : below;
    }

    /** ArchUnit's pattern of the layer's packages under a root such as {@code io.purser}. */
    String packagesUnder(String root) {
        return root + "." + path + "..";
    }
}
