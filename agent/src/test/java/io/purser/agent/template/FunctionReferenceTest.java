package io.purser.agent.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.bettercloud.vault.json.Json;
import com.bettercloud.vault.json.JsonObject;
import com.bettercloud.vault.json.JsonValue;
import io.purser.agent.template.function.FunctionTable;
import io.purser.agent.template.parse.TemplateOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The reference page is made of the table of functions and of {@code functions.json}, which has a sentence and an example
 * for each; each example is run. {@code -Dgolden.update} writes the page anew.
 */
class FunctionReferenceTest {
    private static final Path PAGE = Path.of("../deploy/docs/template-functions.md");
    private static final JsonObject WORLD = Json.parse("""
            {"vault": {"kv/app": {"data": {"user": "svc"}}, "LIST kv": {"data": {"keys": ["app", "db"]}},
               "PUT pki/issue/web common_name=web": {"data": {"private_key":
                  "-----BEGIN PRIVATE KEY-----\\nAAAA\\n-----END PRIVATE KEY-----"}}},
             "files": {"/etc/name": "web"}, "env": {"APP": "shop"}}""").asObject();

    private record Entry(String name, String sentence, String example, String output) {
        String signature() {
            return FunctionTable.INSTANCE.signature(name);
        }
    }

    private static List<Entry> entries() throws IOException {
        try (InputStream in = FunctionReferenceTest.class.getResourceAsStream("functions.json")) {
            List<Entry> entries = new ArrayList<>();
            for (JsonValue value : Json.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .asArray()) {
                JsonObject entry = value.asObject();
                entries.add(new Entry(
                        entry.getString("name"),
                        entry.getString("sentence"),
                        entry.getString("example", ""),
                        entry.getString("output", "")));
            }
            return entries;
        }
    }

    @Test
    void everyFunctionIsDescribedOnce() throws IOException {
        assertThat(entries())
                .extracting(Entry::name)
                .containsExactlyInAnyOrderElementsOf(FunctionTable.INSTANCE.names());
    }

    @TestFactory
    Stream<DynamicTest> everyExampleIsTrue() throws IOException {
        return entries().stream()
                .filter(entry -> !entry.example().isEmpty())
                .map(entry -> DynamicTest.dynamicTest(entry.name(), () -> assertThat(
                                Template.parse(entry.name(), entry.example(), TemplateOptions.DEFAULT)
                                        .render(new WritingContext(CaseContext.of(WORLD))))
                        .isEqualTo(entry.output())));
    }

    @Test
    void thePageIsUpToDate() throws IOException {
        String page = page();
        if (System.getProperty("golden.update") != null) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    private static String page() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Template functions

                Made of the table of functions; each example is a test. The language itself is Go's text/template. A
                piped value is the last argument. Arguments must have the type that the signature names: a number of a
                secret is a `json.Number`, which `print` or `sprig_int` converts. Functions of Consul, Nomad and those
                that would start programs or see the network are refused when the template is parsed.

                """);
        section(page, "Go's own and the agent's functions", false);
        section(page, "Sprig", true);
        return page.toString();
    }

    private static void section(StringBuilder page, String title, boolean sprig) throws IOException {
        page.append("## ").append(title).append("\n\n");
        page.append("| function | what it does | example | gives |\n| --- | --- | --- | --- |\n");
        entries().stream()
                .filter(entry -> entry.name().startsWith("sprig_") == sprig)
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .forEach(entry -> page.append("| ")
                        .append(code(entry.signature()))
                        .append(" | ")
                        .append(entry.sentence().replace("|", "\\|").replace("<", "&lt;"))
                        .append(" | ")
                        .append(code(entry.example()))
                        .append(" | ")
                        .append(code(entry.output()))
                        .append(" |\n"));
        page.append('\n');
    }

    private static String code(String text) {
        if (text.isEmpty()) {
            return "";
        }
        String line = text.replace("\n", "⏎").replace("|", "\\|");
        String fence = line.contains("`") ? "``" : "`";
        return fence + (fence.length() > 1 ? " " : "") + line + (fence.length() > 1 ? " " : "") + fence;
    }
}
