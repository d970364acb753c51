package io.purser.webhook.cli;

import com.fasterxml.jackson.core.JsonParser;
import io.purser.webhook.admission.Reviewer;
import io.purser.webhook.cli.manifest.ManifestPod;
import io.purser.webhook.patch.JsonPatch;
import io.purser.webhook.plan.Admission;
import io.purser.webhook.plan.Decision;
import io.purser.webhook.plan.Planner;
import io.purser.webhook.pod.PodFormatException;
import io.purser.webhook.pod.PodReader;
import io.purser.webhook.pod.PodSnapshot;
import io.purser.webhook.policy.PolicySet;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * A pod of a manifest and what the webhook would decide about it.
 *
 * @param patch RFC 6902 operations for the pod as admitted, UTF-8 JSON; null unless the decision is to inject
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PlannedPod(ManifestPod pod, Decision decision, byte @Nullable [] patch) {

    private static final String CORRECT = "correct the manifest: a text such as true or 0640 needs quotation marks";

    /** Plans with the same planner as the webhook. */
    static PlannedPod of(ManifestPod pod, PolicySet policies, PodContext context) {
        try (JsonParser parser = PodReader.JSON.createParser(pod.asAdmitted())) {
            parser.nextToken();
            PodSnapshot snapshot = PodReader.read(parser);
            String namespace = context.namespaceOf(pod.namespace());
            Decision decision =
                    Planner.decide(snapshot, new Admission(namespace, "CREATE", "", false, context.policy()), policies);
            byte[] patch = decision instanceof Decision.Inject inject ? JsonPatch.of(inject.plan(), snapshot) : null;
            return new PlannedPod(pod, decision, patch);
        } catch (PodFormatException e) {
            return new PlannedPod(pod, Reviewer.unreadable(String.valueOf(e.getMessage()), CORRECT), null);
        } catch (IOException e) {
            throw new UncheckedIOException("reading JSON that was just written", e);
        }
    }

    /**
     * What the manifest does not say.
     *
     * @param namespace of objects without one
     * @param policy the operator's policy, or null for the default
     */
    record PodContext(String namespace, @Nullable String policy) {

        /** @param own what an object says of itself; may be empty */
        String namespaceOf(String own) {
            return own.isEmpty() ? namespace : own;
        }
    }
}
