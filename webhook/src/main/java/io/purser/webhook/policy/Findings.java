package io.purser.webhook.policy;

import java.util.ArrayList;
import java.util.List;

/** Collects everything that is wrong with a pod, so that one answer tells it all. */
public final class Findings {

    private final List<Violation> violations = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /** Notes what keeps the pod from being admitted. */
    public void violation(String annotation, String wrong, String right) {
        Violation violation = new Violation(annotation, wrong, right);
        if (!violations.contains(violation)) {
            violations.add(violation);
        }
    }

    /** Notes what the user should know although the pod is admitted: one sentence without a full stop. */
    public void warning(String sentence) {
        if (!warnings.contains(sentence)) {
            warnings.add(sentence);
        }
    }

    /** In the order found. */
    public List<Violation> violations() {
        return List.copyOf(violations);
    }

    /** In the order found. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }
}
