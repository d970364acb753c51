package io.purser.webhook.patch;

import io.purser.webhook.plan.InjectionPlan;
import io.purser.webhook.pod.PodSnapshot;

/** Writes an injection plan as an RFC 6902 patch: {@code add} operations only. */
public final class JsonPatch {

    private JsonPatch() {}

    /**
     * The patch as UTF-8 JSON.
     *
     * @param pod the pod that the plan was made for
     */
    public static byte[] of(InjectionPlan plan, PodSnapshot pod) {
        return "[]".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
