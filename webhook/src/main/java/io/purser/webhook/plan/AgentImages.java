package io.purser.webhook.plan;

import io.purser.webhook.policy.Annotation;
import io.purser.webhook.policy.Option;
import io.purser.webhook.policy.Setting;
import io.purser.webhook.policy.Settings;
import java.util.Set;

/** Chooses the agent's image. */
final class AgentImages {

    /** Images of the peers' own agents, in which there is no agent of ours. */
    private static final Set<String> OF_PEERS = Set.of(
            "vault",
            "hashicorp/vault",
            "hashicorp/vault-enterprise",
            "openbao/openbao",
            "openbao/openbao-hsm",
            "openbao/openbao-ubi");

    private AgentImages() {}

    static String choose(PodRequest request, boolean needsShell) {
        String fallback = setting(request.settings().images(), needsShell);
        if (needsShell && fallback.equals(request.settings().images().agent())) {
            request.warning("the pod has shell commands: they need an agent image with a shell in it, and " + fallback
                    + " is not known to be one; see --agent-image-with-shell");
        }
        Setting annotated = request.setting(Annotation.IMAGE);
        if (annotated == null) {
            return fallback;
        }
        if (annotated.value().isBlank()) {
            request.violation(annotated, "no image is given", "give an image, or leave the annotation out");
            return fallback;
        }
        if (isOfPeer(annotated.value())) {
            request.warning("annotation " + annotated.annotation() + ": " + annotated.value()
                    + " has no Purser agent in it, so " + fallback + " is used");
            return fallback;
        }
        return annotated.value();
    }

    /** An installation's values may name the peer's agent still. */
    private static String setting(Settings.Images images, boolean needsShell) {
        String wanted = needsShell ? images.shell() : images.agent();
        String ours = Option.AGENT_IMAGE.defaultText();
        return !isOfPeer(wanted) ? wanted : needsShell ? ours + "-shell" : ours;
    }

    /** Whether it is an image of Vault or OpenBao, from whichever registry. */
    private static boolean isOfPeer(String image) {
        String name = image.contains("@") ? image.substring(0, image.indexOf('@')) : image;
        int colon = name.indexOf(':', name.lastIndexOf('/') + 1);
        name = colon < 0 ? name : name.substring(0, colon);
        int slash = name.indexOf('/');
        boolean registry = slash > 0 && (name.substring(0, slash).contains(".") || name.startsWith("localhost"));
        String repository = registry ? name.substring(slash + 1) : name;
        return OF_PEERS.contains(repository) || repository.equals("library/vault");
    }
}
