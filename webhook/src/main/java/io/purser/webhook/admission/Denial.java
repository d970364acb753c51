package io.purser.webhook.admission;

import io.purser.webhook.plan.Decision;
import io.purser.webhook.policy.Violation;
import java.util.List;

/** What a person reads when a pod is refused. */
public final class Denial {

    private Denial() {}

    /** The reason and every violation, each on a line of its own when there are several. */
    public static String message(Decision.Reject reject) {
        List<Violation> violations = reject.violations();
        if (violations.size() == 1) {
            return reject.reason().sentence() + ": " + violations.get(0);
        }
        StringBuilder text = new StringBuilder(reject.reason().sentence()).append(':');
        for (Violation violation : violations) {
            text.append("\n- ").append(violation);
        }
        return text.toString();
    }
}
