package io.purser.webhook.http;

import io.purser.webhook.admission.Answer;
import io.purser.webhook.admission.Denial;
import io.purser.webhook.plan.Decision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One line for each decision: the same reason as in the response and the metric. Never a pod object, never the value of an annotation that
 * is sound.
 */
final class DecisionLog {

    private static final Logger LOG = LoggerFactory.getLogger("io.purser.webhook.decision");

    private DecisionLog() {}

    /** Pods that are left alone are told at level debug: there may be many. */
    static void log(Answer answer, long nanos) {
        Decision decision = answer.decision();
        Level level = decision instanceof Decision.Skip ? Level.DEBUG : Level.INFO;
        if (!LOG.isEnabledForLevel(level)) {
            return;
        }
        LoggingEventBuilder line = LOG.atLevel(level)
                .addKeyValue("uid", answer.uid())
                .addKeyValue("namespace", answer.namespace())
                .addKeyValue("pod", answer.pod())
                .addKeyValue("reason", decision.reason().word())
                .addKeyValue("micros", nanos / 1000);
        if (decision instanceof Decision.Inject inject) {
            line.addKeyValue("shape", inject.plan().summary().shape()).log("injected");
        } else if (decision instanceof Decision.Reject reject) {
            line.log("refused: " + Denial.message(reject).replace('\n', ' '));
        } else {
            line.log("left alone: " + decision.reason().sentence());
        }
    }
}
