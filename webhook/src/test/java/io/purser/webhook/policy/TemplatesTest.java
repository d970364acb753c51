package io.purser.webhook.policy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purser.agent.template.parse.TemplateException;
import io.purser.agent.template.parse.TemplateOptions;
import org.junit.jupiter.api.Test;

class TemplatesTest {

    private static final TemplateOptions SQUARE = new TemplateOptions("[[", "]]", false);

    @Test
    void whatIsRightWithGosDelimitersMayBeWrongWithOthers() throws TemplateException {
        Setting setting = new Setting(Domain.PURSER, "purser.io/template-page", "{{ 1 }} [[ if ]]");
        Templates.check(setting, TemplateOptions.DEFAULT);
        Templates.check(setting, TemplateOptions.DEFAULT);
        assertThatThrownBy(() -> Templates.check(setting, SQUARE)).isInstanceOf(TemplateException.class);
    }

    @Test
    void whatIsWrongStaysWrong() {
        Setting setting = new Setting(Domain.PURSER, "purser.io/template-page", "{{ if }}");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> Templates.check(setting, TemplateOptions.DEFAULT))
                    .isInstanceOf(TemplateException.class);
        }
    }
}
