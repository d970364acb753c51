package io.purser.webhook.policy;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operator's policies by name. Immutable, so that a changed file is a new set. */
public final class PolicySet {

    private final Map<String, Policy> policies;

    PolicySet(Map<String, Policy> policies) {
        this.policies = Map.copyOf(policies);
    }

    /** Without a policy file: one policy, which bounds nothing. */
    public static PolicySet of(Settings settings) {
        return new PolicySet(Map.of(Policy.DEFAULT, Policy.open(settings)));
    }

    /**
     * The policy of that name.
     *
     * @param name from the path of the request, or null for the default
     * @return null when there is none
     */
    public @Nullable Policy get(@Nullable String name) {
        return policies.get(name == null ? Policy.DEFAULT : name);
    }

    /** All policies by name. */
    public Map<String, Policy> all() {
        return policies;
    }
}
