package io.purser.agent.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.bettercloud.vault.json.Json;
import com.bettercloud.vault.json.JsonObject;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.purser.agent.template.encode.JsonReader;
import io.purser.agent.template.encode.JsonWriter;
import io.purser.agent.template.encode.YamlReader;
import io.purser.agent.template.encode.YamlWriter;
import io.purser.agent.template.parse.TemplateException;
import io.purser.agent.template.parse.TemplateOptions;
import io.purser.agent.template.source.SourceException;
import io.purser.agent.template.value.FunctionException;
import io.purser.agent.template.value.GoText;

/**
 * Whatever bytes come in, a template is rendered or refused with a {@link TemplateException}: no other exception, no hang,
 * no overflow. As a unit test it runs the seeds; with {@code JAZZER_FUZZ=1} it looks for more.
 */
class TemplateFuzzTest {
    private static final JsonObject WORLD = Json.parse("""
            {"vault": {"kv/a": {"lease_duration": 60, "data": {"n": 1.50, "s": "v<&>", "l": [1, "two", null, {"k": 2}],
               "m": {"z": 1}, "nul": null}}, "LIST kv": {"data": {"keys": ["a", "b"]}}},
             "files": {"/f": "x: [1, {y: 2}]"}, "env": {"E": "e"}}""").asObject();

    @FuzzTest(maxDuration = "15m")
    void templates(byte[] bytes) {
        String text = GoText.of(bytes);
        try {
            Template template = Template.parse("fuzz", text, TemplateOptions.DEFAULT);
            assertThat(template.renderBytes(CaseContext.of(WORLD))).isNotNull();
        } catch (TemplateException e) {
            assertThat(e.line()).isPositive();
            assertThat(e.column()).isPositive();
            assertThat(e.getMessage()).contains(e.reason());
        } catch (SourceException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @FuzzTest(maxDuration = "10m")
    void delimiters(byte[] bytes) {
        String text = GoText.of(bytes);
        int middle = Math.min(text.length(), 6);
        String left = text.substring(0, middle / 2);
        String right = text.substring(middle / 2, middle);
        try {
            Template template = Template.parse("fuzz", text.substring(middle), new TemplateOptions(left, right, true));
            assertThat(template.renderBytes(CaseContext.of(WORLD))).isNotNull();
        } catch (TemplateException | SourceException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    /** What was read as JSON is written as JSON that reads back the same. */
    @FuzzTest(maxDuration = "5m")
    void json(byte[] bytes) {
        try {
            String written = JsonWriter.write(JsonReader.read(GoText.of(bytes)), false, true);
            assertThat(JsonWriter.write(JsonReader.read(written), false, true)).isEqualTo(written);
        } catch (FunctionException e) {
            assertThat(e.reason()).isNotBlank();
        }
    }

    /** What was read as YAML is written or refused. */
    @FuzzTest(maxDuration = "5m")
    void yaml(byte[] bytes) {
        try {
            assertThat(YamlWriter.write(YamlReader.read(GoText.of(bytes)))).endsWith("\n");
        } catch (FunctionException e) {
            assertThat(e.reason()).isNotBlank();
        }
    }
}
