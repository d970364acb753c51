package io.purser.webhook.admission;

import io.purser.webhook.plan.Decision;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a review is answered, before it is written.
 *
 * @param apiVersion of the review
 * @param uid of the request
 * @param namespace of the pod; may be empty
 * @param pod the pod's name as far as it is known; may be empty
 * @param decision what was decided
 * @param patch that carries it out; null where nothing is changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared as a record: handed to the writer
record Planned(
        String apiVersion, String uid, String namespace, String pod, Decision decision, byte @Nullable [] patch) {

    /** The same for another request. */
    Planned with(String otherUid, byte @Nullable [] otherPatch) {
        return new Planned(apiVersion, otherUid, namespace, pod, decision, otherPatch);
    }

    /** @param remembered whether it was planned for a twin */
    Answer answer(boolean remembered) {
        byte[] json = ReviewWriter.write(apiVersion, uid, decision, patch);
        return new Answer(json, uid, namespace, pod, decision, remembered);
    }

    /** Whether answer and log tell the same but for UID and patch. */
    boolean tellsTheSameAs(Planned other) {
        return decision.reason().sentence().equals(other.decision.reason().sentence())
                && Arrays.equals(
                        ReviewWriter.write(apiVersion, "", decision, null),
                        ReviewWriter.write(other.apiVersion, "", other.decision, null));
    }
}
