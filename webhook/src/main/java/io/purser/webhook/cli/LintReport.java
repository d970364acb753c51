package io.purser.webhook.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.purser.webhook.pod.PodReader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Findings for programs: plain JSON, and SARIF 2.1.0 (OASIS) for code hosts. */
final class LintReport {

    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

    private LintReport() {}

    /** Writes one value. */
    private interface Part {
        void write(JsonGenerator json) throws IOException;
    }

    static String json(List<Finding> findings) {
        return text(json -> {
            json.writeStartArray();
            for (Finding finding : findings) {
                json.writeStartObject();
                json.writeStringField("file", finding.position().source());
                json.writeNumberField("line", finding.position().line());
                json.writeStringField("severity", finding.severity().word());
                json.writeStringField("rule", finding.rule());
                json.writeStringField("object", finding.object());
                json.writeStringField("subject", finding.subject());
                json.writeStringField("message", finding.message());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    static String sarif(List<Finding> findings) {
        return text(json -> {
            json.writeStartObject();
            json.writeStringField("$schema", SCHEMA);
            json.writeStringField("version", "2.1.0");
            json.writeArrayFieldStart("runs");
            json.writeStartObject();
            json.writeObjectFieldStart("tool");
            json.writeObjectFieldStart("driver");
            json.writeStringField("name", "purser");
            json.writeArrayFieldStart("rules");
            for (String rule : findings.stream().map(Finding::rule).distinct().toList()) {
                json.writeStartObject();
                json.writeStringField("id", rule);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
            json.writeArrayFieldStart("results");
            for (Finding finding : findings) {
                result(json, finding);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void result(JsonGenerator json, Finding finding) throws IOException {
        json.writeStartObject();
        json.writeStringField("ruleId", finding.rule());
        json.writeStringField("level", finding.severity().word());
        json.writeObjectFieldStart("message");
        json.writeStringField("text", finding.object() + ": " + finding.message());
        json.writeEndObject();
        json.writeArrayFieldStart("locations");
        json.writeStartObject();
        json.writeObjectFieldStart("physicalLocation");
        json.writeObjectFieldStart("artifactLocation");
        json.writeStringField("uri", finding.position().source().replace('\\', '/'));
        json.writeEndObject();
        json.writeObjectFieldStart("region");
        json.writeNumberField("startLine", finding.position().line());
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String text(Part part) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = PodReader.JSON.createGenerator(out)) {
            json.useDefaultPrettyPrinter();
            part.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return out.toString();
    }
}
