package io.purser.webhook.admission;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.purser.webhook.plan.Decision;
import io.purser.webhook.plan.InjectionPlan;
import io.purser.webhook.pod.PodReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the AdmissionReview that answers one. */
final class ReviewWriter {

    /** What the API server audits is stored with every event, so lists are cut. */
    private static final int MAX_AUDIT_VALUE = 1024;

    private ReviewWriter() {}

    /** The answer as UTF-8 JSON, in the version of the question. */
    static byte[] write(Review review, Decision decision, byte @Nullable [] patch) {
        ByteArrayBuilder out = new ByteArrayBuilder(patch == null ? 512 : 1024 + patch.length * 3 / 2);
        try (JsonGenerator json = PodReader.JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("apiVersion", review.apiVersion());
            json.writeStringField("kind", "AdmissionReview");
            json.writeObjectFieldStart("response");
            json.writeStringField("uid", review.uid());
            json.writeBooleanField("allowed", !(decision instanceof Decision.Reject));
            if (decision instanceof Decision.Reject reject) {
                status(json, reject);
            }
            if (patch != null) {
                json.writeStringField("patchType", "JSONPatch");
                // The JVM has processor instructions for it; Jackson's own is a loop.
                byte[] base64 = Base64.getEncoder().encode(patch);
                json.writeFieldName("patch");
                json.writeRawUTF8String(base64, 0, base64.length);
            }
            warnings(json, decision.warnings());
            audit(json, decision);
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return out.toByteArray();
    }

    private static void status(JsonGenerator json, Decision.Reject reject) throws IOException {
        json.writeObjectFieldStart("status");
        json.writeStringField("status", "Failure");
        json.writeStringField("message", Denial.message(reject));
        json.writeStringField("reason", "Invalid");
        json.writeNumberField("code", 422);
        json.writeEndObject();
    }

    private static void warnings(JsonGenerator json, List<String> warnings) throws IOException {
        if (warnings.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("warnings");
        for (String warning : Warnings.bounded(warnings)) {
            json.writeString(warning);
        }
        json.writeEndArray();
    }

    private static void audit(JsonGenerator json, Decision decision) throws IOException {
        json.writeObjectFieldStart("auditAnnotations");
        json.writeStringField("reason", decision.reason().word());
        if (decision instanceof Decision.Inject inject) {
            InjectionPlan.Summary summary = inject.plan().summary();
            json.writeStringField("shape", summary.shape());
            list(json, "files", summary.files());
            list(json, "secrets", summary.secrets());
        }
        json.writeEndObject();
    }

    private static void list(JsonGenerator json, String key, List<String> values) throws IOException {
        if (!values.isEmpty()) {
            json.writeStringField(key, Warnings.cut(String.join(",", values), MAX_AUDIT_VALUE));
        }
    }
}
