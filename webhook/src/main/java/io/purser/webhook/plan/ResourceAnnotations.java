package io.purser.webhook.plan;

import io.purser.webhook.pod.Container;
import io.purser.webhook.pod.Resources;
import io.purser.webhook.policy.Annotation;
import io.purser.webhook.policy.Quantity;
import io.purser.webhook.policy.Settings;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what the agent's containers ask for. */
final class ResourceAnnotations {

    /** What the agent itself needs; measured, see the performance page. */
    private static final long AGENT_BYTES = 64L << 20;

    /** What a Guaranteed pod sets aside for the agent, all the time; it is enough for a quick start. */
    private static final Quantity GUARANTEED_CPU = new Quantity("250m", new BigDecimal("0.25"));

    private final PodRequest request;
    private final long memoryVolumes;

    private ResourceAnnotations(PodRequest request, long memoryVolumes) {
        this.request = request;
        this.memoryVolumes = memoryVolumes;
    }

    /**
     * The {@code resources} of an agent container.
     *
     * @param memoryVolumes sum of the size limits of the memory volumes that the agent writes: what it writes is charged to
     *     its own limit
     */
    static Map<String, Object> read(PodRequest request, long memoryVolumes) {
        return new ResourceAnnotations(request, memoryVolumes).resources();
    }

    private Map<String, Object> resources() {
        Settings.AgentResources settings = request.settings().resources();
        Pair cpu = pair(Annotation.REQUESTS_CPU, settings.cpuRequest(), Annotation.LIMITS_CPU, settings.cpuLimit());
        Pair memory = memory(settings.memoryRequest(), settings.memoryLimit());
        Pair storage = pair(
                Annotation.REQUESTS_EPHEMERAL,
                settings.ephemeralRequest(),
                Annotation.LIMITS_EPHEMERAL,
                settings.ephemeralLimit());
        checkMemory(memory.limit());
        if (isGuaranteed()) {
            cpu = request.has(Annotation.LIMITS_CPU)
                    ? cpu.guaranteed()
                    : cpu.atMost(GUARANTEED_CPU).guaranteed();
            memory = memory.guaranteed();
        }
        return Tree.of(
                "limits", amounts(cpu.limit(), memory.limit(), storage.limit()),
                "requests", amounts(cpu.request(), memory.request(), storage.request()));
    }

    /** Where nobody sets a limit it is what the agent and its volumes need, or the request where that is more: the peer's limit is 128Mi. */
    private Pair memory(@Nullable Quantity requestDefault, @Nullable Quantity limitDefault) {
        if (limitDefault != null || request.has(Annotation.LIMITS_MEMORY)) {
            return pair(Annotation.REQUESTS_MEMORY, requestDefault, Annotation.LIMITS_MEMORY, limitDefault);
        }
        Quantity amount = request.quantity(Annotation.REQUESTS_MEMORY, requestDefault);
        Quantity needed = Quantity.ofBytes(AGENT_BYTES + memoryVolumes);
        return new Pair(amount, amount != null && amount.compareTo(needed) > 0 ? amount : needed);
    }

    private Pair pair(
            Annotation requestName,
            @Nullable Quantity requestDefault,
            Annotation limitName,
            @Nullable Quantity limitDefault) {
        Quantity amount = request.quantity(requestName, requestDefault);
        Quantity limit = request.quantity(limitName, limitDefault);
        if (amount == null || limit == null || amount.compareTo(limit) <= 0) {
            return new Pair(amount, limit);
        }
        if (!request.peer() && !request.has(requestName)) {
            return new Pair(limit, limit);
        }
        String names = request.nameOf(requestName) + " and " + request.nameOf(limitName);
        request.findings()
                .violation(
                        names,
                        "the request " + amount.text() + " is above the limit " + limit.text()
                                + ", which the API server refuses",
                        "give a request that is at most the limit");
        return new Pair(limit, limit);
    }

    private void checkMemory(@Nullable Quantity limit) {
        long needed = AGENT_BYTES + memoryVolumes;
        if (limit == null || limit.bytes() >= needed) {
            return;
        }
        String wrong = "the agent's memory limit " + limit.text() + " is below the "
                + Quantity.ofBytes(needed).text() + " that it needs with its memory volumes full";
        if (request.peer()) {
            request.warning(wrong + "; see annotation " + request.nameOf(Annotation.LIMITS_MEMORY));
        } else {
            request.violation(
                    Annotation.LIMITS_MEMORY,
                    wrong,
                    "give " + Quantity.ofBytes(needed).text() + " or more");
        }
    }

    /** A pod is Guaranteed when each container's limits are set and equal to its requests; ours must not change that. */
    private boolean isGuaranteed() {
        for (Container container : request.pod().allContainers()) {
            if (!isGuaranteed(container.resources())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isGuaranteed(Resources resources) {
        return isEqual(resources, "cpu") && isEqual(resources, "memory");
    }

    private static boolean isEqual(Resources resources, String resource) {
        String limit = resources.limits().get(resource);
        Quantity parsed = limit == null ? null : Quantity.parse(limit);
        if (parsed == null) {
            return false;
        }
        String amount = resources.requests().get(resource);
        return amount == null || parsed.equals(Quantity.parse(amount));
    }

    private static @Nullable Map<String, Object> amounts(
            @Nullable Quantity cpu, @Nullable Quantity memory, @Nullable Quantity storage) {
        Map<String, Object> amounts =
                Tree.of("cpu", text(cpu), "memory", text(memory), "ephemeral-storage", text(storage));
        return amounts.isEmpty() ? null : amounts;
    }

    private static @Nullable String text(@Nullable Quantity quantity) {
        return quantity == null ? null : quantity.text();
    }

    private record Pair(
            @Nullable Quantity request, @Nullable Quantity limit) {
        private Pair atMost(Quantity most) {
            return limit != null && limit.compareTo(most) > 0 ? new Pair(request, most) : this;
        }

        private Pair guaranteed() {
            return limit == null ? this : new Pair(limit, limit);
        }
    }
}
