package io.purser.webhook.policy;

import io.purser.agent.template.Template;
import io.purser.agent.template.parse.TemplateException;
import io.purser.agent.template.parse.TemplateOptions;

/** Checks the templates in annotations. All pods of a ReplicaSet have the same, so that those which were right are remembered. */
public final class Templates {

    private static final Remembered<Boolean> RIGHT = new Remembered<>(256, 4096);

    private Templates() {}

    /**
     * Looks whether a setting's value is a template.
     *
     * @throws TemplateException when it is none
     */
    public static void check(Setting setting, TemplateOptions options) throws TemplateException {
        String text = setting.value();
        boolean usual = options.leftDelimiter().equals(TemplateOptions.DEFAULT.leftDelimiter())
                && options.rightDelimiter().equals(TemplateOptions.DEFAULT.rightDelimiter());
        if (usual && RIGHT.get(text) != null) {
            return;
        }
        Template.parse(setting.annotation(), text, options);
        if (usual) {
            RIGHT.put(text, true);
        }
    }
}
