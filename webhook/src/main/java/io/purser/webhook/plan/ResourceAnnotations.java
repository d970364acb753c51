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

    /** The CPU limit where the namespace may count it: a start needs a quarter of a second, and is throttled a little. */
    private static final Quantity COUNTED_CPU = new Quantity("1", BigDecimal.ONE);

    /** The CPU limit where nothing counts it: a start has no use for more. */
    private static final Quantity FREE_CPU = new Quantity("2", BigDecimal.valueOf(2));

    /** What a Guaranteed pod sets aside for the agent, all the time; it is enough for a quick start. */
    private static final Quantity GUARANTEED_CPU = new Quantity("250m", new BigDecimal("0.25"));

    private final PodRequest request;
    private final boolean guaranteed;
    private final @Nullable Quantity applicationCpu;
    private final Pair cpu;
    private final Pair memory;
    private final Pair storage;

    /**
     * Reads them, with all their violations.
     *
     * @param memoryVolumes sum of the size limits of the memory volumes that the agent writes: what it writes is charged to
     *     its own limit
     */
    ResourceAnnotations(PodRequest request, long memoryVolumes) {
        this.request = request;
        Settings.AgentResources settings = request.settings().resources();
        guaranteed = isGuaranteed();
        applicationCpu = greatestOfApplication();
        cpu = cpu(settings);
        long needed = AGENT_BYTES + memoryVolumes;
        memory = memory(settings.memoryRequest(), settings.memoryLimit(), needed);
        storage = pair(
                Annotation.REQUESTS_EPHEMERAL,
                settings.ephemeralRequest(),
                Annotation.LIMITS_EPHEMERAL,
                settings.ephemeralLimit());
    }

    /** The {@code resources} of the container that runs beside the application. */
    Map<String, Object> besideApplication() {
        return resources(cpu);
    }

    /**
     * The {@code resources} of the container that ends before the application starts. A pod counts with the larger of both: so, where nobody
     * set it, its CPU limit is as high as the application's.
     */
    Map<String, Object> beforeApplication() {
        boolean given = request.has(Annotation.LIMITS_CPU)
                || request.settings().resources().cpuLimit() != null;
        if (given || cpu.limit() == null) {
            return resources(cpu);
        }
        Quantity limit = allowed(least(FREE_CPU, applicationCpu));
        return resources(limit.compareTo(cpu.limit()) > 0 ? new Pair(guaranteed ? limit : cpu.request(), limit) : cpu);
    }

    private Map<String, Object> resources(Pair processor) {
        return Tree.of(
                "limits", amounts(processor.limit(), memory.limit(), storage.limit()),
                "requests", amounts(processor.request(), memory.request(), storage.request()));
    }

    private Pair cpu(Settings.AgentResources settings) {
        Quantity limit = settings.cpuLimit();
        if (limit == null) {
            limit = allowed(applicationCpu == null ? FREE_CPU : COUNTED_CPU);
        }
        Pair given = pair(Annotation.REQUESTS_CPU, settings.cpuRequest(), Annotation.LIMITS_CPU, limit);
        if (!guaranteed) {
            return given;
        }
        return request.has(Annotation.LIMITS_CPU)
                ? given.guaranteed()
                : given.atMost(GUARANTEED_CPU).guaranteed();
    }

    /**
     * The highest CPU limit of its containers; null where one has none: a namespace whose quota counts limits refuses such a container, and
     * one with a range of limits has given it one before a webhook is asked.
     */
    private @Nullable Quantity greatestOfApplication() {
        Quantity greatest = Quantity.ofBytes(0);
        for (Container container : request.pod().containers()) {
            String text = container.resources().limits().get("cpu");
            Quantity limit = text == null ? null : Quantity.parse(text);
            if (limit == null) {
                return null;
            }
            greatest = limit.compareTo(greatest) > 0 ? limit : greatest;
        }
        return greatest;
    }

    /** As much of it as the namespace's policy allows. */
    private Quantity allowed(Quantity limit) {
        return least(limit, request.policy().bounds().maxCpu());
    }

    private static Quantity least(Quantity limit, @Nullable Quantity other) {
        return other != null && other.compareTo(limit) < 0 ? other : limit;
    }

    /** Where nobody sets a limit it is what the agent and its volumes need, or the request where that is more: the peer's limit is 128Mi. */
    private Pair memory(@Nullable Quantity requestDefault, @Nullable Quantity limitDefault, long needed) {
        Pair given;
        if (limitDefault != null || request.has(Annotation.LIMITS_MEMORY)) {
            given = pair(Annotation.REQUESTS_MEMORY, requestDefault, Annotation.LIMITS_MEMORY, limitDefault);
            checkMemory(given.limit(), needed);
        } else {
            Quantity amount = request.quantity(Annotation.REQUESTS_MEMORY, requestDefault);
            Quantity enough = Quantity.ofBytes(needed);
            given = new Pair(amount, amount != null && amount.compareTo(enough) > 0 ? amount : enough);
        }
        return guaranteed ? given.guaranteed() : given;
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

    private void checkMemory(@Nullable Quantity limit, long needed) {
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
            return limit == null ? this : new Pair(request, least(limit, most));
        }

        private Pair guaranteed() {
            return limit == null ? this : new Pair(limit, limit);
        }
    }
}
