package io.purser.webhook.plan;

import io.purser.webhook.policy.Quantity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the API server refuses in a container whose fields are all of the right type. A patched container is held against
 * it, so that the answer names the annotation with the patch.
 */
final class ContainerRules {

    private static final long GREATEST_ID = Integer.MAX_VALUE;

    private ContainerRules() {}

    /** What is wrong with a container, as a sentence's end; null when nothing is. */
    static @Nullable String problem(Map<String, Object> container) {
        if (Trees.text(container, "image").isBlank()) {
            return "it has no image";
        }
        String problem = ids(member(container, "securityContext"));
        return problem == null ? amounts(member(container, "resources")) : problem;
    }

    private static @Nullable String ids(Map<?, ?> securityContext) {
        for (String name : new String[] {"runAsUser", "runAsGroup"}) {
            if (securityContext.get(name) instanceof Long id && (id < 0 || id > GREATEST_ID)) {
                return name + " is not from 0 to " + GREATEST_ID;
            }
        }
        return null;
    }

    private static @Nullable String amounts(Map<?, ?> resources) {
        Map<?, ?> requests = member(resources, "requests");
        Map<?, ?> limits = member(resources, "limits");
        for (Map<?, ?> amounts : List.of(requests, limits)) {
            for (Map.Entry<?, ?> amount : amounts.entrySet()) {
                Quantity quantity = quantity(amount.getValue());
                if (quantity != null && quantity.value().signum() < 0) {
                    return "the amount of " + amount.getKey() + " is negative";
                }
            }
        }
        for (Map.Entry<?, ?> request : requests.entrySet()) {
            Quantity wanted = quantity(request.getValue());
            Quantity limit = quantity(limits.get(request.getKey()));
            if (wanted != null && limit != null && wanted.compareTo(limit) > 0) {
                return "the request of " + request.getKey() + " is above its limit";
            }
        }
        return null;
    }

    private static @Nullable Quantity quantity(@Nullable Object value) {
        return value == null ? null : Quantity.parse(value.toString());
    }

    private static Map<?, ?> member(Map<?, ?> object, String name) {
        return object.get(name) instanceof Map<?, ?> map ? map : Map.of();
    }
}
