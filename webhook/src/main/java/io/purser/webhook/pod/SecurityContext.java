package io.purser.webhook.pod;

import org.jspecify.annotations.Nullable;

/**
 * What a security context says about users.
 *
 * @param runAsUser user id, or null for the image's own
 * @param runAsGroup group id, or null
 * @param fsGroup group of the pod's volumes, or null; a pod's security context only
 */
public record SecurityContext(
        @Nullable Long runAsUser,
        @Nullable Long runAsGroup,
        @Nullable Long fsGroup) {

    /** Nothing said. */
    public static final SecurityContext NONE = new SecurityContext(null, null, null);
}
