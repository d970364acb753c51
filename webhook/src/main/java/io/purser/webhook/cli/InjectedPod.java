package io.purser.webhook.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import io.purser.webhook.plan.Decision;
import io.purser.webhook.plan.InjectionPlan;
import io.purser.webhook.pod.PodReader;
import io.purser.webhook.policy.Violation;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one pod of a manifest.
 *
 * @param title the object that holds it
 * @param position where it stands
 * @param decision what was decided
 * @param patch the operations on the object, as JSON; null when it stays as it is
 */
record InjectedPod(
        String title,
        String position,
        Decision decision,
        @Nullable String patch) {

    /** Changes the pod in its document if that was decided. */
    static InjectedPod of(PlannedPod planned) {
        byte[] patch = planned.patch();
        return new InjectedPod(
                planned.pod().title(),
                planned.pod().document().positionOf(planned.pod().node()).toString(),
                planned.decision(),
                patch == null ? null : new String(planned.pod().apply(patch), UTF_8));
    }

    /** For a person. */
    String report() {
        StringBuilder text = new StringBuilder(title)
                .append(" (")
                .append(position)
                .append("): ")
                .append(verb())
                .append(", ")
                .append(decision.reason().word())
                .append(": ")
                .append(decision.reason().sentence())
                .append('\n');
        if (decision instanceof Decision.Inject inject) {
            InjectionPlan.Summary summary = inject.plan().summary();
            text.append("  shape: ").append(summary.shape()).append('\n');
            summary.files().forEach(file -> text.append("  file: ").append(file).append('\n'));
            summary.secrets()
                    .forEach(secret -> text.append("  secret: ").append(secret).append('\n'));
        }
        if (decision instanceof Decision.Reject reject) {
            reject.violations()
                    .forEach(v -> text.append("  violation: ").append(v).append('\n'));
        }
        decision.warnings().forEach(w -> text.append("  warning: ").append(w).append('\n'));
        return text.toString();
    }

    private String verb() {
        if (decision instanceof Decision.Inject) {
            return "injected";
        }
        return decision instanceof Decision.Reject ? "refused" : "left alone";
    }

    /** For a script: a JSON array. */
    static String json(List<InjectedPod> pods) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = PodReader.JSON.createGenerator(out)) {
            json.useDefaultPrettyPrinter();
            json.writeStartArray();
            for (InjectedPod pod : pods) {
                pod.write(json);
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return out.toString();
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("object", title);
        json.writeStringField("position", position);
        json.writeStringField("decision", verb());
        json.writeStringField("reason", decision.reason().word());
        json.writeStringField("sentence", decision.reason().sentence());
        if (decision instanceof Decision.Inject inject) {
            InjectionPlan.Summary summary = inject.plan().summary();
            json.writeStringField("shape", summary.shape());
            strings(json, "files", summary.files());
            strings(json, "secrets", summary.secrets());
        }
        if (decision instanceof Decision.Reject reject) {
            json.writeArrayFieldStart("violations");
            for (Violation violation : reject.violations()) {
                json.writeStartObject();
                json.writeStringField("annotation", violation.annotation());
                json.writeStringField("wrong", violation.wrong());
                json.writeStringField("right", violation.right());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        strings(json, "warnings", decision.warnings());
        if (patch != null) {
            json.writeFieldName("patch");
            json.writeRawValue(patch);
        }
        json.writeEndObject();
    }

    private static void strings(JsonGenerator json, String field, List<String> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
