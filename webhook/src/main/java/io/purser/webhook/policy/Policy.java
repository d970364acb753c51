package io.purser.webhook.policy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operator decides for a set of pods, those whose requests come in by {@code /mutate/NAME}.
 *
 * @param name its name; {@code default} is that of {@code /mutate}
 * @param settings the operator's settings, with the policy's own put over them
 * @param annotations annotations that a pod has unless it gives them itself
 * @param bounds what a pod may ask for
 * @param forbidden names of annotations that a pod must not have
 */
public record Policy(
        String name, Settings settings, Map<String, String> annotations, Bounds bounds, List<Glob> forbidden) {

    /** The policy of {@code /mutate}. */
    public static final String DEFAULT = "default";

    /** Everything that the peer allows is allowed. */
    public static Policy open(Settings settings) {
        return new Policy(DEFAULT, settings, Map.of(), Bounds.NONE, List.of());
    }

    /**
     * What a pod may ask for; judged on the agent's final containers. An empty list bounds nothing.
     *
     * @param storeAddresses addresses of stores
     * @param storeNamespaces namespaces in stores
     * @param proxies addresses of proxies
     * @param authMethods auth methods
     * @param authMounts auth mounts, without {@code auth/}
     * @param roles roles
     * @param images images of the agent
     * @param users least and greatest user id, or null
     * @param maxCpu greatest CPU limit, or null
     * @param maxMemory greatest memory limit, or null
     */
    public record Bounds(
            List<Glob> storeAddresses,
            List<Glob> storeNamespaces,
            List<Glob> proxies,
            List<Glob> authMethods,
            List<Glob> authMounts,
            List<Glob> roles,
            List<Glob> images,
            @Nullable Users users,
            @Nullable Quantity maxCpu,
            @Nullable Quantity maxMemory) {

        /** No bounds at all. */
        public static final Bounds NONE = new Bounds(
                List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), null, null, null);

        /** Whether nothing is bounded. A record's own {@code equals} would be spun at the first review. */
        public boolean isEmpty() {
            return storeAddresses.isEmpty()
                    && storeNamespaces.isEmpty()
                    && proxies.isEmpty()
                    && authMethods.isEmpty()
                    && authMounts.isEmpty()
                    && roles.isEmpty()
                    && images.isEmpty()
                    && users == null
                    && maxCpu == null
                    && maxMemory == null;
        }
    }

    /** User ids from one to another, both included. */
    public record Users(long least, long greatest) {}
}
