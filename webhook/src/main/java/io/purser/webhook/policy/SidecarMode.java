package io.purser.webhook.policy;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the agent accompanies the application. */
public enum SidecarMode {
    /** One init container that stays: {@code restartPolicy: Always}. */
    NATIVE,
    /** An init container that ends, and a container beside the application. */
    CLASSIC,
    /** Native where the cluster has it and the pod was not written for the peer's injector, else classic. */
    AUTO;

    /** The mode of that name, or null. */
    public static @Nullable SidecarMode parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "native" -> NATIVE;
            case "classic" -> CLASSIC;
            case "auto" -> AUTO;
            default -> null;
        };
    }
}
