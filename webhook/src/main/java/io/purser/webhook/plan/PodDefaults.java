package io.purser.webhook.plan;

import io.purser.webhook.policy.AnnotationSet;
import io.purser.webhook.policy.Glob;
import java.util.LinkedHashMap;
import java.util.Map;

/** The annotations that a policy gives to pods that do not give them themselves, under whichever prefix. */
final class PodDefaults {

    private PodDefaults() {}

    /** What is to be added to the pod's own annotations. */
    static Map<String, String> missing(
            AnnotationSet own, Map<String, String> defaults, Map<String, String> placeholders) {
        Map<String, String> missing = new LinkedHashMap<>();
        defaults.forEach((name, value) -> {
            if (!own.hasUnderAnyPrefix(name)) {
                missing.put(name, Glob.expand(value, placeholders));
            }
        });
        return missing;
    }
}
