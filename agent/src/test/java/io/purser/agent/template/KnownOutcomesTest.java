package io.purser.agent.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.bettercloud.vault.json.Json;
import com.bettercloud.vault.json.JsonArray;
import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import io.purser.agent.template.parse.TemplateException;
import io.purser.agent.template.parse.TemplateOptions;
import io.purser.agent.template.source.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Templates with what consul-template 0.42.1 (Go 1.26) made of them. Where the case says what an engine gives that has its
 * data before it evaluates, that is right for this one.
 */
class KnownOutcomesTest {

    @TestFactory
    Stream<DynamicTest> known() throws IOException {
        return cases("known.json");
    }

    @TestFactory
    Stream<DynamicTest> corpus() throws IOException {
        return cases("corpus.json");
    }

    private static Stream<DynamicTest> cases(String resource) throws IOException {
        try (InputStream in = KnownOutcomesTest.class.getResourceAsStream(resource)) {
            JsonArray cases = Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .asArray();
            assertThat(cases.size()).isGreaterThan(200);
            return StreamSupport.stream(cases.spliterator(), false)
                    .map(JsonValue::asObject)
                    .map(one -> DynamicTest.dynamicTest(one.getString("name"), () -> check(one)));
        }
    }

    private static void check(JsonObject one) {
        JsonValue prefetched = one.get("expectIfPrefetched");
        JsonObject expected = (prefetched == null ? one.get("expect") : prefetched).asObject();
        if (expected.get("output") == null) {
            assertThatThrownBy(() -> render(one))
                    .isInstanceOfAny(TemplateException.class, SourceException.class)
                    .extracting(Throwable::getMessage)
                    .asString()
                    .isNotBlank();
        } else {
            assertThat(render(one)).isEqualTo(expected.getString("output"));
        }
    }

    private static String render(JsonObject one) {
        JsonValue delimiters = one.get("delims");
        boolean custom = delimiters != null && !delimiters.isNull();
        TemplateOptions options = new TemplateOptions(
                custom ? delimiters.asArray().get(0).asString() : "",
                custom ? delimiters.asArray().get(1).asString() : "",
                one.getBoolean("errMissingKey", false));
        return Template.parse(one.getString("name"), one.getString("template"), options)
                .render(CaseContext.of(one));
    }
}
