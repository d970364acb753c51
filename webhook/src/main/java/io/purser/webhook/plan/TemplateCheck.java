package io.purser.webhook.plan;

import io.purser.agent.template.Template;
import io.purser.agent.template.parse.TemplateException;
import io.purser.agent.template.parse.TemplateOptions;
import io.purser.webhook.policy.Setting;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Checks inline templates. The pods of a ReplicaSet have the same ones, and a rollout brings hundreds of such pods, so that those which were right
 * are remembered. Thread-safe.
 */
final class TemplateCheck {

    private static final int MOST_KNOWN = 256;
    private static final int LONGEST_KNOWN = 4096;

    private static final Set<String> KNOWN = ConcurrentHashMap.newKeySet();

    private TemplateCheck() {}

    /** Throws when the setting's value is no template. */
    static void check(Setting setting, TemplateOptions options) throws TemplateException {
        String text = setting.value();
        boolean usual = text.length() <= LONGEST_KNOWN
                && options.leftDelimiter().equals(TemplateOptions.DEFAULT.leftDelimiter())
                && options.rightDelimiter().equals(TemplateOptions.DEFAULT.rightDelimiter());
        if (usual && KNOWN.contains(text)) {
            return;
        }
        Template.parse(setting.annotation(), text, options);
        if (usual) {
            if (KNOWN.size() >= MOST_KNOWN) {
                KNOWN.clear();
            }
            KNOWN.add(text);
        }
    }
}
